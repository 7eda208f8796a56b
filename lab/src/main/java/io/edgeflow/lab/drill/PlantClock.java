package io.edgeflow.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The time of a plant that lives through a long past quickly, and from then on in the present.
 * Microseconds since the epoch; any thread.
 */
final class PlantClock implements LongSupplier {
  private final long startMicros;
  private final long startNanos;
  private final double speed;

  private PlantClock(long startMicros, long startNanos, double speed) {
    this.startMicros = startMicros;
    this.startNanos = startNanos;
    this.speed = speed;
  }

  /** Begins that long before now, and reaches the present within so much real time. */
  static PlantClock living(Duration past, Duration within) {
    // The present moves on while the past is caught up with.
    double speed = 1 + (double) past.toNanos() / within.toNanos();
    return new PlantClock(nowMicros() - past.toNanos() / 1_000, System.nanoTime(), speed);
  }

  long startMicros() {
    return startMicros;
  }

  @Override
  public long getAsLong() {
    double elapsed = (System.nanoTime() - startNanos) * speed / 1_000;
    return Math.min(nowMicros(), startMicros + (long) elapsed);
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
