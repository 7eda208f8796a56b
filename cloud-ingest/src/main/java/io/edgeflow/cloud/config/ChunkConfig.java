package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * How much time a chunk of each table has where the server has TimescaleDB: whole days. A change
 * concerns chunks that are made after it. {@code docs/storage.md} tells how to size them.
 */
public record ChunkConfig(
    @Default("7d") @Range(min = "1d", max = "100d") Duration minutes,
    @Default("1d") @Range(min = "1d", max = "100d") Duration raw,
    @Default("7d") @Range(min = "1d", max = "100d") Duration states,
    @Default("7d") @Range(min = "1d", max = "100d") Duration events) {
  public ChunkConfig {
    new Check()
        .that(isDays(minutes), "minutes", "must be whole days")
        .that(isDays(raw), "raw", "must be whole days")
        .that(isDays(states), "states", "must be whole days")
        .that(isDays(events), "events", "must be whole days")
        .orRefuse();
  }

  private static boolean isDays(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()));
  }
}
