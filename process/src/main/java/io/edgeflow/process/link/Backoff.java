package io.edgeflow.process.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: a random part of a bound that doubles with each failure, so
 * that a thousand that lost one broker do not return at one instant. Pure.
 *
 * @param baseNanos bound of the first wait
 * @param capNanos bound of every wait
 */
public record Backoff(long baseNanos, long capNanos) {
  /** Between attempts to connect: up to 1 s after the first failure, doubling up to the cap. */
  public static Backoff reconnect(Duration cap) {
    return new Backoff(Math.min(1_000_000_000L, cap.toNanos()), cap.toNanos());
  }

  /**
   * @param failures in a row so far, at least 1
   * @return 0 to the bound, in nanoseconds
   */
  public long delayNanos(int failures, RandomGenerator random) {
    return random.nextLong(boundNanos(failures) + 1);
  }

  public long boundNanos(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, 30);
    return Math.min(capNanos, baseNanos << doublings);
  }
}
