package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import org.jspecify.annotations.Nullable;

/** One numbered frame whose bytes are still in the journal. Owned by the owner thread. */
final class HeldFrame {
  /** When it was numbered, microseconds since the epoch. */
  final long createdMicros;

  final int bytes;
  final long readings;

  /** Absent until the frame's record is synced (J5). */
  @Nullable LogPosition position;

  /** Absent while the cloud has not judged it. */
  @Nullable Fate fate;

  HeldFrame(long createdMicros, int bytes, long readings) {
    this.createdMicros = createdMicros;
    this.bytes = bytes;
    this.readings = readings;
  }

  boolean pending() {
    return fate == null;
  }
}
