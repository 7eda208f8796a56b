package io.edgeflow.lab.load;

import io.edgeflow.lab.load.LaneBook.Shelved;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.Lane;
import java.util.Arrays;

/**
 * How long windows of a fleet took from their number until their edge heard that they are
 * committed: the way of the acknowledgement is part of it. Sixteen bytes for each. Thread-safe.
 */
public final class Lags {
  // Guarded by this.
  private long[] framed = new long[1024];
  private long[] took = new long[1024];
  private int count;

  /**
   * How long frames took, nanoseconds.
   *
   * @param p99 of few the longest
   */
  public record Lag(int frames, long p50, long p99, long most) {
    static final Lag NONE = new Lag(0, 0, 0, 0);
  }

  synchronized void settled(Shelved shelved, Fate fate, long now) {
    if (fate != Fate.COMMITTED || !shelved.live() || shelved.frame().id().lane() != Lane.WINDOW) {
      return;
    }
    if (count == framed.length) {
      framed = Arrays.copyOf(framed, 2 * count);
      took = Arrays.copyOf(took, 2 * count);
    }
    framed[count] = shelved.framedNanos();
    took[count] = now - shelved.framedNanos();
    count++;
  }

  /**
   * Of frames that were numbered then, while their edge was connected, and are committed.
   *
   * @param from {@link System#nanoTime}
   * @param to after it
   */
  public synchronized Lag between(long from, long to) {
    long[] found = new long[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (framed[i] - from >= 0 && framed[i] - to < 0) {
        found[n++] = took[i];
      }
    }
    if (n == 0) {
      return Lag.NONE;
    }
    long[] sorted = Arrays.copyOf(found, n);
    Arrays.sort(sorted);
    return new Lag(n, sorted[(n - 1) / 2], sorted[(int) Math.ceil(n * 0.99) - 1], sorted[n - 1]);
  }
}
