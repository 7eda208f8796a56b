package io.edgeflow.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where rows of a time belong. One stamp of a wrong clock must not make a chunk, and thousands of
 * them not thousands: rows further from now than {@link TimeTable} says, or older than what is
 * kept, go to the archive. Windows of compressed times are staged. Belongs to one connection.
 */
final class Routes {
  /** A table for rows of one kind. */
  enum Place {
    TABLE,
    ARCHIVE,
    /** Staged, until a job merges it into what is compressed. */
    LATE
  }

  private final Layout layout;
  private final StorageSettings storage;
  private final InstantSource clock;
  private final Map<TimeTable, Near> near = new EnumMap<>(TimeTable.class);
  private long compressed;

  /**
   * @param from microseconds since the epoch
   * @param to behind it
   */
  private record Near(long from, long to) {}

  Routes(Layout layout, StorageSettings storage, InstantSource clock) {
    this.layout = layout;
    this.storage = storage;
    this.clock = clock;
    begin();
  }

  /** Looks at the clock: until the next look the bounds stand still, for all rows of a batch. */
  void begin() {
    Instant now = clock.instant();
    for (TimeTable table : TimeTable.values()) {
      Duration back = table.back();
      Duration kept = table.kept(storage).orElse(back);
      Instant from = now.minus(kept.compareTo(back) < 0 ? kept : back);
      near.put(table, new Near(micros(from), micros(now.plus(table.ahead()))));
    }
    compressed = layout.compresses() ? micros(now.minus(storage.compressAfter())) : Long.MIN_VALUE;
  }

  /** Whether any of the time is near enough for a chunk or partition of its own. */
  boolean isNear(TimeTable table, long from, long to) {
    Near bounds = Objects.requireNonNull(near.get(table));
    return to > bounds.from && from < bounds.to;
  }

  /** Native tables have a default partition, which takes what has no other. */
  Place of(TimeTable table, long micros) {
    if (layout.hasArchive() && !isNear(table, micros, micros + 1)) {
      return Place.ARCHIVE;
    }
    return table == TimeTable.SAMPLE_WINDOW && micros < compressed ? Place.LATE : Place.TABLE;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
