package io.edgeflow.process.mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * Hears of listeners that HiveMQ could not bind. It fails to start only if it can bind none of
 * them; if one of two is left it goes on without the other, and its log is the only place where it
 * says so.
 */
final class ListenerFaults extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final String SPEAKER = "com.hivemq.bootstrap.StartupListenerVerifier";

  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final Logger log;

  private ListenerFaults(Logger log) {
    this.log = log;
  }

  /** Until it is closed. Only one broker may start meanwhile. */
  static ListenerFaults listen() {
    var heard = new ListenerFaults((Logger) LoggerFactory.getLogger(SPEAKER));
    heard.start();
    heard.log.addAppender(heard);
    return heard;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      faults.add(event.getFormattedMessage());
    }
  }

  /** What it said of the first one. */
  Optional<String> first() {
    return Optional.ofNullable(faults.peek());
  }

  @Override
  public void close() {
    log.detachAppender(this);
    stop();
  }
}
