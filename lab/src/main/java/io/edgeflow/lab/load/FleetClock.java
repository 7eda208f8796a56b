package io.edgeflow.lab.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time of day in the plants of a fleet: it may run faster than the world's, and leap over an
 * outage that nobody wants to wait for. Thread-safe.
 */
final class FleetClock {
  private final long startMicros;
  private final long startNanos;
  private final double speed;
  private final AtomicLong leapt = new AtomicLong();

  /**
   * @param startMicros what it shows now, microseconds since the epoch
   * @param speed seconds of it in a second; above 0
   */
  FleetClock(long startMicros, double speed) {
    this.startMicros = startMicros;
    this.startNanos = System.nanoTime();
    this.speed = speed;
  }

  /** Microseconds since the epoch. */
  long micros() {
    double passed = (System.nanoTime() - startNanos) / 1e3 * speed;
    return startMicros + leapt.get() + (long) passed;
  }

  void leap(Duration over) {
    leapt.addAndGet(over.toNanos() / 1_000);
  }

  /** Nanoseconds of the world until it shows this; 0 if it does. */
  long nanosUntil(long micros) {
    return (long) Math.max(0, (micros - micros()) * 1e3 / speed);
  }
}
