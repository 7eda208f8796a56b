package io.edgeflow.process.lifecycle;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a process when the system asks it to end (SIGTERM, SIGINT), within a bound: what does not
 * close in time is cut off, because the service manager would do the same a little later, and the
 * journal survives it.
 */
public final class SignalStop {
  public static final Duration BOUND = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(SignalStop.class);

  /** The service manager counts from the signal, and starting this took a moment. */
  private static final Duration MARGIN = Duration.ofMillis(300);

  private final Lifecycle parts;
  private final Duration bound;
  private final IntConsumer end;

  SignalStop(Lifecycle parts, Duration bound, IntConsumer end) {
    this.parts = parts;
    this.bound = bound;
    this.end = end;
  }

  /** Installs the hook; call it before the first part opens. */
  public static void install(Lifecycle parts) {
    var stop = new SignalStop(parts, BOUND.minus(MARGIN), Runtime.getRuntime()::halt);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
  }

  /** Does nothing if the process has been closed before. Ends it with 0 if all parts closed. */
  void run() {
    if (parts.isClosed()) {
      return;
    }
    log.info("stopping");
    Thread closer = Thread.ofPlatform().daemon().name("closer").start(parts::close);
    try {
      closer.join(bound);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
    if (!parts.isClosed()) {
      log.error("not stopped within {} ms, still open: {}", bound.toMillis(), parts.stillOpen());
      end.accept(ExitCodes.FAILED);
    } else {
      log.info("stopped");
      end.accept(parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED);
    }
  }
}
