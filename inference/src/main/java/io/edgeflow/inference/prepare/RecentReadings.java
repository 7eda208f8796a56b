package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings of each series, as many as a new model needs to be warm at once. Series are
 * small dense numbers. One thread at a time; nothing is allocated for a reading, except at the
 * first ones of a series.
 */
public final class RecentReadings {
  private final int perSeries;
  private @Nullable Ring[] rings = new @Nullable Ring[64];
  private long arrivals;

  /**
   * @param perSeries how many readings of each series are kept, 25 bytes each
   */
  public RecentReadings(int perSeries) {
    this.perSeries = perSeries;
  }

  /** Receives readings. */
  public interface Visitor {
    void reading(int series, long timeMicros, double value, Quality quality);
  }

  public void add(int series, long timeMicros, double value, Quality quality) {
    if (series >= rings.length) {
      rings = Arrays.copyOf(rings, Math.max(series + 1, rings.length * 2));
    }
    Ring ring = rings[series];
    if (ring == null) {
      ring = new Ring(perSeries);
      rings[series] = ring;
    }
    ring.add(arrivals++, timeMicros, value, quality);
  }

  /** Names the readings of some series in the order in which they arrived. */
  public void replay(int[] series, Visitor visitor) {
    int[] at = new int[series.length];
    while (true) {
      int earliest = -1;
      long arrival = Long.MAX_VALUE;
      for (int i = 0; i < series.length; i++) {
        Ring ring = series[i] < rings.length ? rings[series[i]] : null;
        if (ring != null && at[i] < ring.size && ring.arrival(at[i]) < arrival) {
          arrival = ring.arrival(at[i]);
          earliest = i;
        }
      }
      if (earliest < 0) {
        return;
      }
      Ring ring = rings[series[earliest]];
      if (ring != null) {
        ring.visit(series[earliest], at[earliest]++, visitor);
      }
    }
  }

  /** Of one series, grown as it fills. */
  private static final class Ring {
    private final int limit;
    private long[] arrivals;
    private long[] times;
    private double[] values;
    private byte[] qualities;
    private int head;
    private int size;

    Ring(int limit) {
      this.limit = limit;
      int first = Math.min(limit, 16);
      arrivals = new long[first];
      times = new long[first];
      values = new double[first];
      qualities = new byte[first];
    }

    void add(long arrival, long timeMicros, double value, Quality quality) {
      if (size == times.length && size < limit) {
        grow(Math.min(limit, size * 2));
      }
      arrivals[head] = arrival;
      times[head] = timeMicros;
      values[head] = value;
      qualities[head] = (byte) quality.code();
      head = head + 1 == limit ? 0 : head + 1;
      size = Math.min(size + 1, limit);
    }

    long arrival(int nth) {
      return arrivals[index(nth)];
    }

    void visit(int series, int nth, Visitor visitor) {
      int at = index(nth);
      visitor.reading(series, times[at], values[at], Quality.ofCode(qualities[at]));
    }

    private int index(int nth) {
      return size < limit ? nth : (head + nth) % limit;
    }

    private void grow(int room) {
      arrivals = Arrays.copyOf(arrivals, room);
      times = Arrays.copyOf(times, room);
      values = Arrays.copyOf(values, room);
      qualities = Arrays.copyOf(qualities, room);
    }
  }
}
