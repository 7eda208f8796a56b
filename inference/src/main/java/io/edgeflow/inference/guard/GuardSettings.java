package io.edgeflow.inference.guard;

import java.time.Duration;

/**
 * @param loadTimeOut from the file to the first scores
 * @param grace between asking a late call to end and giving it up
 */
public record GuardSettings(Duration loadTimeOut, Duration grace, BreakerSettings breaker) {
  public static final GuardSettings DEFAULT =
      new GuardSettings(Duration.ofMinutes(2), Duration.ofMillis(500), BreakerSettings.DEFAULT);

  public GuardSettings {
    if (!loadTimeOut.isPositive() || !grace.isPositive()) {
      throw new IllegalArgumentException(
          "a time-out of %s to load, %s of grace".formatted(loadTimeOut, grace));
    }
  }
}
