package io.edgeflow.cloud.store;

import java.time.Duration;
import java.util.Optional;

/**
 * How the tables that grow with time are cut, compressed and cleared. {@code docs/storage.md}
 * argues the defaults.
 *
 * @param compressAfter windows older than this are compressed where the server can, so it must
 *     exceed the longest outage that is expected: what arrives older is staged first
 */
public record StorageSettings(Chunks chunks, Duration compressAfter, Retention retention) {
  public static final StorageSettings STANDARD =
      new StorageSettings(
          new Chunks(
              Duration.ofDays(7), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(7)),
          Duration.ofDays(14),
          new Retention(
              Duration.ofDays(400),
              Duration.ofDays(90),
              Duration.ofDays(400),
              Duration.ofDays(400),
              Duration.ofDays(3650),
              Optional.empty()));

  /** How much time a chunk of a hypertable has; native partitions are weeks. */
  public record Chunks(Duration minutes, Duration raw, Duration states, Duration events) {}

  /**
   * How long rows are kept; they go with their chunk, once all of it is older.
   *
   * @param minutes windows
   * @param hours roll-ups of an hour
   * @param days roll-ups of a day; empty: forever
   */
  public record Retention(
      Duration minutes,
      Duration raw,
      Duration states,
      Duration events,
      Duration hours,
      Optional<Duration> days) {}
}
