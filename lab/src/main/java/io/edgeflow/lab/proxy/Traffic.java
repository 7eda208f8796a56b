package io.edgeflow.lab.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What all connections of a proxy have in common: counts, and how fast they may be. Any thread. */
final class Traffic {
  private static final int CHUNK = 1 << 14;
  private static final int CHUNKS_PER_SECOND = 20;

  private final LongAdder up = new LongAdder();
  private final LongAdder down = new LongAdder();
  private final AtomicLong connections = new AtomicLong();
  private volatile long bytesPerSecond;
  private volatile @Nullable ThinLine line;

  void limit(long newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
  }

  void share(ThinLine shared) {
    line = shared;
  }

  /** The most to hand on at once: little on a slow link, so that it is slow evenly. */
  int chunk() {
    ThinLine shared = line;
    long limit = shared == null ? bytesPerSecond : shared.bytesPerSecond();
    return limit == 0 ? CHUNK : Math.clamp(limit / CHUNKS_PER_SECOND, 1, CHUNK);
  }

  /** Takes the time that a slow link needs for so many bytes. */
  void pace(Direction direction, int bytes) throws InterruptedException {
    ThinLine shared = line;
    if (shared != null) {
      shared.pass(direction, bytes);
    }
    long limit = bytesPerSecond;
    if (limit > 0) {
      TimeUnit.NANOSECONDS.sleep(bytes * 1_000_000_000L / limit);
    }
  }

  void passed(Direction direction, int bytes) {
    counter(direction).add(bytes);
  }

  long bytes(Direction direction) {
    return counter(direction).sum();
  }

  /** Numbers a connection, from 1. */
  long connected() {
    return connections.incrementAndGet();
  }

  long connections() {
    return connections.get();
  }

  private LongAdder counter(Direction direction) {
    return direction == Direction.UP ? up : down;
  }
}
