package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that wait for one call of a model. One thread; grows to what a batch needs. */
final class RowBatch {
  private static final int FIRST = 16;

  private final int rowLength;
  private float[] rows;
  private long[] times = new long[FIRST];
  private final List<Quality> qualities = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();

  RowBatch(int rowLength) {
    this.rowLength = rowLength;
    this.rows = new float[FIRST * rowLength];
  }

  void add(Subject subject, long timeMicros, float[] row, Quality quality) {
    int at = size();
    if (at == times.length) {
      times = Arrays.copyOf(times, at * 2);
      rows = Arrays.copyOf(rows, at * 2 * rowLength);
    }
    System.arraycopy(row, 0, rows, at * rowLength, rowLength);
    times[at] = timeMicros;
    qualities.add(quality);
    subjects.add(subject);
  }

  int size() {
    return subjects.size();
  }

  /** Not a copy; what lies behind the rows is of no meaning. */
  float[] rows() {
    return rows;
  }

  long timeMicros(int row) {
    return times[row];
  }

  Quality quality(int row) {
    return qualities.get(row);
  }

  Subject subject(int row) {
    return subjects.get(row);
  }

  /** Whether row by row it is of the same subjects and times. */
  boolean pairsWith(RowBatch other) {
    if (size() != other.size()) {
      return false;
    }
    for (int row = 0; row < size(); row++) {
      if (times[row] != other.times[row]
          || !subject(row).name().equals(other.subject(row).name())) {
        return false;
      }
    }
    return true;
  }

  void clear() {
    qualities.clear();
    subjects.clear();
  }
}
