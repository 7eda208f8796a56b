package io.edgeflow.process.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.Logger;

/**
 * Logback finds this by its service file and asks it first. A logback.xml of ours would have to
 * outrun the one inside HiveMQ's jar on every class path, and Logback prints a page about the two.
 *
 * <p>{@code EDGEFLOW_LOG=debug} shows more of EdgeFlow, {@code -Dlogback.configurationFile=} hands
 * everything to a file.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class ConsoleLog extends ContextAwareBase implements Configurator {
  /** What these say below a warning is about themselves. */
  private static final List<String> CHATTY_LIBRARIES =
      List.of(
          "com.hivemq",
          "migrations",
          "io.netty",
          "io.vertx",
          "org.flywaydb",
          "com.zaxxer",
          "org.apache.kafka",
          "jetbrains.exodus");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %-20.-20logger{0} %msg%n");
    encoder.start();

    // Standard output belongs to what a command prints.
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();

    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console);
    for (String library : CHATTY_LIBRARIES) {
      context.getLogger(library).setLevel(Level.WARN);
    }
    // Warns of a configuration file that an embedded broker has no use for.
    context.getLogger("com.hivemq.bootstrap.LoggingBootstrap").setLevel(Level.ERROR);
    // Prints the stack trace of every lost connection; whoever asked for it says so in a line.
    context.getLogger("com.zaxxer.hikari.pool.ProxyConnection").setLevel(Level.ERROR);
    context.getLogger("com.zaxxer.hikari.pool.PoolBase").setLevel(Level.ERROR);
    // Warns of every attempt to reach a broker.
    context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
    // Prints payloads with a stack trace for every answer it cannot read; the poller counts those.
    context.getLogger("org.apache.plc4x").setLevel(Level.OFF);
    context
        .getLogger("io.edgeflow")
        .setLevel(Level.toLevel(System.getenv("EDGEFLOW_LOG"), Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
