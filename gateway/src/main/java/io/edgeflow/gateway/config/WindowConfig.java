package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * @param length of a window; divides one hour (W1)
 * @param grace how long a minute stays open for its own stragglers
 */
public record WindowConfig(
    @Default("1m") @Range(min = "1s", max = "1h") Duration length,
    @Default("2s") @Range(min = "0s", max = "10m") Duration grace) {
  public WindowConfig {
    boolean divides = Duration.ofHours(1).toNanos() % length.toNanos() == 0;
    new Check().that(divides, "length", "must divide one hour: 1s, 10s, 1m, 5m, 15m").orRefuse();
  }
}
