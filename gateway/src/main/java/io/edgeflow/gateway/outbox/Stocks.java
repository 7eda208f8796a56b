package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which frames lie where, summed up with every change, so that nobody has to look through them all.
 * Owned by the owner thread.
 */
final class Stocks {
  private final Map<Long, Sum> segments = new HashMap<>();
  private final Map<Long, Sum> files = new HashMap<>();
  private final Map<Lane, Sum> lanes = new EnumMap<>(Lane.class);
  private long unplaced;

  private static final class Sum {
    private long frames;
    private long pending;
    private long pendingBytes;

    Stock stock() {
      return new Stock(frames, pending, pendingBytes);
    }
  }

  Stocks() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Sum());
    }
  }

  /** A frame comes or, with a sign of -1, goes; around a change it does both. */
  void count(Lane lane, FrameBlock block, int at, int sign) {
    add(sum(lane), block, at, sign);
    if (block.isInSegment(at)) {
      add(segments, block, at, sign);
    } else if (block.isInFile(at)) {
      add(files, block, at, sign);
    } else {
      unplaced += sign;
    }
  }

  private static void add(Map<Long, Sum> sums, FrameBlock block, int at, int sign) {
    Sum sum = sums.computeIfAbsent(block.home(at), home -> new Sum());
    add(sum, block, at, sign);
    if (sum.frames == 0) {
      sums.remove(block.home(at));
    }
  }

  private static void add(Sum sum, FrameBlock block, int at, int sign) {
    sum.frames += sign;
    if (block.isPending(at)) {
      sum.pending += sign;
      sum.pendingBytes += (long) sign * block.bytes(at);
    }
  }

  /** Frames whose record is not synced yet. */
  long unplaced() {
    return unplaced;
  }

  Stock inSegment(long segment) {
    return stock(segments, segment);
  }

  Stock inFile(long file) {
    return stock(files, file);
  }

  /** The files that hold anything. */
  Set<Long> files() {
    return Set.copyOf(files.keySet());
  }

  /** The segments that hold anything. */
  Set<Long> segments() {
    return Set.copyOf(segments.keySet());
  }

  Stock of(Lane lane) {
    return sum(lane).stock();
  }

  private Sum sum(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }

  private static Stock stock(Map<Long, Sum> sums, long home) {
    Sum sum = sums.get(home);
    return sum == null ? Stock.NONE : sum.stock();
  }
}
