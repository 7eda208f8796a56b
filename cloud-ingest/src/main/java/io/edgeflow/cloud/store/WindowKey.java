package io.edgeflow.cloud.store;

/** What identifies a row of {@code sample_window}, in the order of its key. */
record WindowKey(int series, long startMicros, long lengthMicros) implements Comparable<WindowKey> {
  // Written out: every row of a batch is hashed, compared and sorted by these.
  @Override
  public int compareTo(WindowKey other) {
    if (series != other.series) {
      return Integer.compare(series, other.series);
    }
    if (startMicros != other.startMicros) {
      return Long.compare(startMicros, other.startMicros);
    }
    return Long.compare(lengthMicros, other.lengthMicros);
  }

  @Override
  public int hashCode() {
    long mixed = (startMicros ^ lengthMicros * 31) * 0x9E3779B97F4A7C15L + series;
    return Long.hashCode(mixed * 0x9E3779B97F4A7C15L);
  }
}
