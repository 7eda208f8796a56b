package io.edgeflow.inference.guard;

import java.time.Duration;

/**
 * @param failures in a row that open it; with successes between them it takes more, up to any
 *     number where four of five calls succeed
 * @param openFor how long no call is made, at first; doubled each time that the call after it fails
 * @param longestOpen where the doubling ends
 */
public record BreakerSettings(int failures, Duration openFor, Duration longestOpen) {
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(5, Duration.ofSeconds(10), Duration.ofMinutes(10));

  public BreakerSettings {
    if (failures < 1 || !openFor.isPositive() || longestOpen.compareTo(openFor) < 0) {
      throw new IllegalArgumentException(
          "a breaker of %d failures, open for %s to %s".formatted(failures, openFor, longestOpen));
    }
  }
}
