package io.edgeflow.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Keeps what a journal replayed, and refuses what no replay may do. */
final class RecordingReplay implements Replay {
  private final LongPredicate refused;

  RecordingReplay() {
    this(number -> false);
  }

  /** Fails at some numbers. */
  RecordingReplay(LongPredicate refused) {
    this.refused = refused;
  }

  final SortedMap<Long, String> records = new TreeMap<>();
  final SortedMap<Long, LogPosition> positions = new TreeMap<>();
  final SortedMap<Long, Integer> types = new TreeMap<>();
  final List<Damage> damage = new ArrayList<>();
  @Nullable String checkpoint;
  long tornBytes = -1;
  boolean possiblyAcknowledged;

  @Override
  public void checkpoint(byte[] bytes) {
    if (checkpoint != null || !records.isEmpty()) {
      throw new AssertionError("a checkpoint comes once and first");
    }
    checkpoint = text(bytes);
  }

  @Override
  public void record(long number, int type, byte[] payload, LogPosition position) {
    if (!records.isEmpty() && number <= records.lastKey()) {
      throw new AssertionError(number + " after " + records.lastKey());
    }
    if (tornBytes >= 0) {
      throw new AssertionError("a record behind the tail");
    }
    if (refused.test(number)) {
      throw new IllegalStateException("a replay of this test fails at " + number);
    }
    records.put(number, text(payload));
    types.put(number, type);
    positions.put(number, position);
  }

  @Override
  public void damage(Damage stretch) {
    damage.add(stretch);
  }

  @Override
  public void tornTail(long bytes, boolean acknowledged) {
    if (tornBytes >= 0) {
      throw new AssertionError("a second tail");
    }
    tornBytes = bytes;
    possiblyAcknowledged = acknowledged;
  }

  boolean endedInMarker() {
    return tornBytes < 0;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
