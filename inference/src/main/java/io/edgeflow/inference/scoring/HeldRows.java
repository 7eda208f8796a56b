package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rows that another process should score, in the order in which they came: bounded in number and
 * age, the oldest go first. One thread.
 */
final class HeldRows {
  private static final int ROW_OBJECT_BYTES = 128;

  private final Sharing sharing;
  private final int rowLength;
  private final int most;
  private final Deque<Held> all = new ArrayDeque<>();
  private final Deque<Held> free = new ArrayDeque<>();
  private long forgotten;

  /** One row, reused. */
  static final class Held {
    final float[] values;
    long timeMicros;
    Quality quality = Quality.GOOD;
    private long sinceNanos;
    private boolean done;
    private Deque<Held> queue = new ArrayDeque<>(0);

    Held(int length) {
      values = new float[length];
    }
  }

  HeldRows(Sharing sharing, int rowLength) {
    this.sharing = sharing;
    this.rowLength = rowLength;
    long bytes = (long) rowLength * Float.BYTES + ROW_OBJECT_BYTES;
    this.most = Math.clamp(sharing.keepBytes() / bytes, 1, 1 << 20);
  }

  /**
   * @param queue of the row's subject, which gets it too
   */
  void add(Deque<Held> queue, long timeMicros, float[] row, Quality quality) {
    long now = sharing.nanos().getAsLong();
    while (!all.isEmpty() && (all.size() >= most || isOver(all.element(), now))) {
      forgetFirst();
    }
    Held held = free.isEmpty() ? new Held(rowLength) : free.remove();
    System.arraycopy(row, 0, held.values, 0, rowLength);
    held.timeMicros = timeMicros;
    held.quality = quality;
    held.sinceNanos = now;
    held.done = false;
    held.queue = queue;
    queue.add(held);
    all.add(held);
  }

  private boolean isOver(Held held, long now) {
    return held.done || now - held.sinceNanos > sharing.keepNanos();
  }

  private void forgetFirst() {
    Held first = all.remove();
    if (!first.done) {
      // What came first of all came first of its subject.
      first.queue.remove();
      forgotten++;
    }
    free.add(first);
  }

  /** It was scored, or is about to be; whoever says so has taken it out of its queue. */
  void done(Held held) {
    held.done = true;
  }

  /** Rows that were forgotten though nobody was heard to score them. */
  long forgotten() {
    return forgotten;
  }
}
