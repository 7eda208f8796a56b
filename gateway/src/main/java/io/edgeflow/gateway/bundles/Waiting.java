package io.edgeflow.gateway.bundles;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits that end when they are asked to. */
final class Waiting {
  /** How late a wish to stop may be noticed. */
  static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Waiting() {}

  static void sleep(long nanos, BooleanSupplier stop) throws StoppedException {
    long until = System.nanoTime() + nanos;
    try {
      for (long left = nanos; left > 0; left = until - System.nanoTime()) {
        check(stop);
        TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
      }
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  static void check(BooleanSupplier stop) throws StoppedException {
    if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new StoppedException();
    }
  }

  /** Whoever waits above learns of it too. */
  static StoppedException interrupted() {
    Thread.currentThread().interrupt();
    return new StoppedException();
  }
}
