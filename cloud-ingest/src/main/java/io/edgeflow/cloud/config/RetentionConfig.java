package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the database keeps what it has. Rows go with their whole chunk or partition, so a little
 * later. {@code docs/storage.md} explains it.
 *
 * @param minutes windows as edges sent them
 * @param raw single readings of series that asked for them
 * @param hours roll-ups of an hour
 * @param days roll-ups of a day; absent: forever
 */
public record RetentionConfig(
    @Default("400d") @Range(min = "2d", max = "36500d") Duration minutes,
    @Default("90d") @Range(min = "2d", max = "36500d") Duration raw,
    @Default("400d") @Range(min = "2d", max = "36500d") Duration states,
    @Default("400d") @Range(min = "2d", max = "36500d") Duration events,
    @Default("3650d") @Range(min = "2d", max = "36500d") Duration hours,
    @Range(min = "2d", max = "36500d") Optional<Duration> days) {
  public RetentionConfig {
    new Check()
        .that(hours.compareTo(minutes) >= 0, "hours", "must be at least as long as minutes")
        .that(
            days.isEmpty() || days.get().compareTo(hours) >= 0,
            "days",
            "must be at least as long as hours")
        .orRefuse();
  }
}
