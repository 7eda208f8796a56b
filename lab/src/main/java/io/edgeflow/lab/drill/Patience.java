package io.edgeflow.lab.drill;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do. */
final class Patience {
  private static final long PAUSE_MILLIS = 20;

  private Patience() {}

  /**
   * Waits until it holds. A condition may throw while a process is away.
   *
   * @throws DrillFailure if it does not hold in time
   */
  static void until(String what, Duration patience, Callable<Boolean> condition)
      throws InterruptedException {
    if (!holdsWithin(patience, condition)) {
      throw new DrillFailure("not within " + patience.toSeconds() + " s: " + what);
    }
  }

  /** Waits until it holds; false if it does not in time. */
  static boolean holdsWithin(Duration patience, Callable<Boolean> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    do {
      if (holds(condition)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } while (System.nanoTime() < deadline);
    return false;
  }

  private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
    try {
      return condition.call();
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception away) {
      return false;
    }
  }
}
