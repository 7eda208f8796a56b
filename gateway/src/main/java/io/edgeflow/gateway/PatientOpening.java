package io.edgeflow.gateway;

import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens parts, and while it is the disk that does not let it, says so and tries again: a full or
 * read-only volume is a state to live through, at the start as later. Any other failure, such as a
 * directory that belongs to another edge, ends the start at once. Owned by the starting thread.
 */
final class PatientOpening {
  private static final Logger log = LoggerFactory.getLogger(PatientOpening.class);

  private static final Duration BETWEEN = Duration.ofSeconds(3);

  /** One line a minute is enough of what does not change. */
  private static final int SILENT_ATTEMPTS = 20;

  /** Hears what an opening waits for. */
  interface Waiting {
    /**
     * @param sinceNanos of the first attempt, {@link System#nanoTime}
     */
    void waits(DiskTrouble trouble, String error, long sinceNanos);

    void goesOn();
  }

  private final Lifecycle parts;
  private final Waiting waiting;

  PatientOpening(Lifecycle parts, Waiting waiting) {
    this.parts = parts;
    this.waiting = waiting;
  }

  /**
   * @throws StartAbandoned if the process is closed meanwhile
   */
  <T> T open(Callable<T> opening) throws Exception {
    long began = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      try {
        T part = opening.call();
        if (attempt > 0) {
          log.info("the disk lets the start go on, after {} attempts", attempt);
          waiting.goesOn();
        }
        return part;
      } catch (Exception failure) {
        DiskTrouble trouble = DiskTrouble.of(failure).orElse(null);
        if (trouble == null) {
          throw failure;
        }
        tell(trouble, failure, attempt, began);
        if (parts.awaitClosed(BETWEEN)) {
          throw new StartAbandoned(trouble.words());
        }
      }
    }
  }

  private void tell(DiskTrouble trouble, Exception failure, int attempt, long began) {
    String error = String.valueOf(failure.getMessage());
    if (attempt % SILENT_ATTEMPTS == 0) {
      log.error(
          "cannot start yet, nothing is taken: {}; tried again every {} s: error={}",
          trouble.words(),
          BETWEEN.toSeconds(),
          failure.toString());
    }
    waiting.waits(trouble, error, began);
  }
}
