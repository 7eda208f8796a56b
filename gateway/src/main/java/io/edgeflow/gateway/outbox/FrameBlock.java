package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The held frames of one aligned block of numbers, column by column: 33 bytes a frame, and about 3
 * more for the block itself when it is full. Owned by the owner thread.
 */
final class FrameBlock {
  /** Numbers are offered to the cloud in aligned blocks of this size (J7). */
  static final int SIZE = 64;

  private static final int FIRST_ROOM = 4;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final int HELD = 0x80;
  private static final int PLACE = 0x60;
  private static final int NOWHERE = 0;
  private static final int SEGMENT = 0x20;
  private static final int FILE = 0x40;
  private static final int GRAIN = 0x18;
  private static final int GRAIN_SHIFT = 3;
  private static final int FATE = 0x07;
  private static final int PENDING = 0x07;

  private final long first;
  private long[] created = new long[FIRST_ROOM];
  private long[] readings = new long[FIRST_ROOM];
  private long[] place = new long[FIRST_ROOM];
  private int[] offset = new int[FIRST_ROOM];
  private int[] bytes = new int[FIRST_ROOM];
  private byte[] state = new byte[FIRST_ROOM];
  private int held;
  private int pending;

  /** Found when it is asked for, and again after a change. */
  private long oldest = UNKNOWN;

  /**
   * @param number any of the block
   */
  FrameBlock(long number) {
    this.first = number - number % SIZE;
  }

  long number(int at) {
    return first + at;
  }

  static int at(long number) {
    return (int) (number % SIZE);
  }

  /** One behind the last place that may be held. */
  int end() {
    return state.length;
  }

  boolean isEmpty() {
    return held == 0;
  }

  int held() {
    return held;
  }

  boolean hasPending() {
    return pending > 0;
  }

  boolean isHeld(int at) {
    return at < state.length && (state[at] & HELD) != 0;
  }

  void add(int at, long createdMicros, int length, long readingCount, Grain grain) {
    if (at >= state.length) {
      grow(Math.min(SIZE, Math.max(at + 1, 2 * state.length)));
    }
    created[at] = createdMicros;
    readings[at] = readingCount;
    bytes[at] = length;
    state[at] = (byte) (HELD | NOWHERE | grain.code() << GRAIN_SHIFT | PENDING);
    held++;
    pending++;
    oldest = UNKNOWN;
  }

  private void grow(int room) {
    created = Arrays.copyOf(created, room);
    readings = Arrays.copyOf(readings, room);
    place = Arrays.copyOf(place, room);
    offset = Arrays.copyOf(offset, room);
    bytes = Arrays.copyOf(bytes, room);
    state = Arrays.copyOf(state, room);
  }

  void remove(int at) {
    pending -= isPending(at) ? 1 : 0;
    held--;
    state[at] = 0;
    oldest = UNKNOWN;
  }

  /** When the oldest pending frame of the block was created; {@link Long#MAX_VALUE} without one. */
  long oldestPendingMicros() {
    if (oldest == UNKNOWN) {
      oldest = Long.MAX_VALUE;
      for (int at = 0; at < state.length; at++) {
        if (isHeld(at) && isPending(at)) {
          oldest = Math.min(oldest, created[at]);
        }
      }
    }
    return oldest;
  }

  long createdMicros(int at) {
    return created[at];
  }

  int bytes(int at) {
    return bytes[at];
  }

  long readings(int at) {
    return readings[at];
  }

  boolean isPending(int at) {
    return (state[at] & FATE) == PENDING;
  }

  /** Absent while the cloud has not judged it. */
  @Nullable Fate fate(int at) {
    return isPending(at) ? null : FateCode.fate(state[at] & FATE);
  }

  void fate(int at, @Nullable Fate fate) {
    pending -= isPending(at) ? 1 : 0;
    state[at] = (byte) ((state[at] & ~FATE) | (fate == null ? PENDING : FateCode.of(fate)));
    pending += isPending(at) ? 1 : 0;
    oldest = UNKNOWN;
  }

  void grain(int at, Grain grain) {
    state[at] = (byte) ((state[at] & ~GRAIN) | grain.code() << GRAIN_SHIFT);
  }

  Grain grain(int at) {
    return Grain.ofCode((state[at] & GRAIN) >> GRAIN_SHIFT);
  }

  /** Whether its record is synced: only then can anybody read it (J5). */
  boolean isPlaced(int at) {
    return (state[at] & PLACE) != NOWHERE;
  }

  boolean isInSegment(int at) {
    return (state[at] & PLACE) == SEGMENT;
  }

  boolean isInFile(int at) {
    return (state[at] & PLACE) == FILE;
  }

  /** The segment or the file. */
  long home(int at) {
    return place[at];
  }

  /** Only of a frame that is placed. */
  FramePlace place(int at) {
    return isInFile(at)
        ? new FramePlace.InFile(place[at])
        : new FramePlace.InSegment(
            new LogPosition(place[at], Integer.toUnsignedLong(offset[at]), bytes[at]));
  }

  void place(int at, FramePlace to) {
    state[at] &= (byte) ~PLACE;
    switch (to) {
      case FramePlace.InFile(long file) -> {
        place[at] = file;
        offset[at] = 0;
        state[at] |= FILE;
      }
      case FramePlace.InSegment(LogPosition position) -> {
        place[at] = position.segment();
        offset[at] = unsignedInt(position.offset());
        state[at] |= SEGMENT;
      }
    }
  }

  /** Segments are far smaller than 4 GiB: the configuration allows 1 GiB. */
  private static int unsignedInt(long value) {
    if (value < 0 || value >= 1L << 32) {
      throw new IllegalArgumentException("no offset in a segment: " + value);
    }
    return (int) value;
  }
}
