package io.edgeflow.gateway.modbus;

import java.time.Duration;

/**
 * How long to leave a silent device alone: doubling, capped, jittered. Pure.
 *
 * @param first before the second attempt
 * @param cap the longest
 */
public record Backoff(Duration first, Duration cap) {
  public Backoff {
    if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + cap);
    }
  }

  /**
   * The wait after a number of failures in a row, between half and all of the doubled time, so that
   * devices that went away together do not come back together.
   *
   * @param failures 1 or more
   * @param random 0 (inclusive) to 1 (exclusive)
   */
  public Duration after(int failures, double random) {
    double doubled = first.toNanos() * Math.pow(2, failures - 1.0);
    double nanos = Math.min(doubled, (double) cap.toNanos());
    return Duration.ofNanos((long) (nanos * (0.5 + random / 2)));
  }
}
