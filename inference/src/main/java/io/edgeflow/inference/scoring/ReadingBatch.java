package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;

/** Some readings on their way, reused. One thread at a time. */
public final class ReadingBatch {
  private final String[] series;
  private final long[] times;
  private final double[] values;
  private final Quality[] qualities;
  private int size;
  private long sinceNanos;

  ReadingBatch(int room) {
    series = new String[room];
    times = new long[room];
    values = new double[room];
    qualities = new Quality[room];
  }

  boolean isFull() {
    return size == times.length;
  }

  void add(String name, long timeMicros, double value, Quality quality) {
    if (size == 0) {
      sinceNanos = System.nanoTime();
    }
    series[size] = name;
    times[size] = timeMicros;
    values[size] = value;
    qualities[size] = quality;
    size++;
  }

  void clear() {
    size = 0;
  }

  /** When its first reading came, {@link System#nanoTime}; of no meaning while it is empty. */
  long sinceNanos() {
    return sinceNanos;
  }

  public int size() {
    return size;
  }

  public String series(int index) {
    return series[index];
  }

  public long timeMicros(int index) {
    return times[index];
  }

  public double value(int index) {
    return values[index];
  }

  public Quality quality(int index) {
    return qualities[index];
  }
}
