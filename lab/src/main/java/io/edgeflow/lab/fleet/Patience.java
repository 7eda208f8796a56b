package io.edgeflow.lab.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** How long a drill waits for what clouds and edges do. */
record Patience(Duration most) {
  private static final long PAUSE_MILLIS = 50;

  /**
   * @throws IllegalStateException if it does not hold in time, or cannot be looked at
   */
  void until(String what, Callable<Boolean> condition) throws InterruptedException {
    if (!sees(condition)) {
      throw new IllegalStateException("not within " + most.toSeconds() + " s: " + what);
    }
  }

  /** Waits until it holds; false if it does not in time. */
  boolean sees(Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }

  /** While the cloud is away, nothing does. */
  private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
    try {
      return condition.call();
    } catch (IOException away) {
      return false;
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
