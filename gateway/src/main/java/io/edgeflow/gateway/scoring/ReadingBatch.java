package io.edgeflow.gateway.scoring;

import io.edgeflow.aggregator.reading.Quality;

/** Some readings on their way, reused. One thread at a time. */
final class ReadingBatch {
  private final String[] series;
  private final long[] times;
  private final double[] values;
  private final Quality[] qualities;
  private int size;

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
    series[size] = name;
    times[size] = timeMicros;
    values[size] = value;
    qualities[size] = quality;
    size++;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  String series(int index) {
    return series[index];
  }

  long timeMicros(int index) {
    return times[index];
  }

  double value(int index) {
    return values[index];
  }

  Quality quality(int index) {
    return qualities[index];
  }
}
