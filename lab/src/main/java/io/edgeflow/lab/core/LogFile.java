package io.edgeflow.lab.core;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * What edges in this JVM have to say about their dying disks goes to a file while this is open: the
 * console belongs to the drill.
 */
public final class LogFile implements AutoCloseable {
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final FileAppender<ILoggingEvent> file = new FileAppender<>();

  /** Prints a stack trace of its own for every connection that breaks. */
  private final java.util.logging.Logger paho =
      java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5");

  private LogFile() {}

  public static LogFile open(Path path) {
    LogFile log = new LogFile();
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      log.begin(context, path);
    }
    return log;
  }

  private void begin(LoggerContext context, Path path) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %-20.-20logger{0} %msg%n");
    encoder.start();
    file.setContext(context);
    file.setFile(path.toString());
    file.setEncoder(encoder);
    file.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders();
    all.forEachRemaining(before::add);
    before.forEach(root::detachAppender);
    root.addAppender(file);
    paho.setLevel(java.util.logging.Level.OFF);
  }

  @Override
  public void close() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && file.isStarted()) {
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.detachAppender(file);
      before.forEach(root::addAppender);
      file.stop();
      paho.setLevel(null);
    }
  }
}
