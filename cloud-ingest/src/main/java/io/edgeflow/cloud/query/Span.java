package io.edgeflow.cloud.query;

/**
 * The time a question is about, microseconds since the epoch.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Span(long from, long to) {
  private static final long HOUR = 3_600_000_000L;

  /** All that the database can tell. */
  static final Span EVER = new Span(0, Moments.LATEST_MICROS);

  /** Grown to whole stretches of the grid, so that the first and the last point are complete. */
  Span on(Grid grid) {
    return new Span(grid.floor(from), grid.ceil(to));
  }

  /**
   * Grown to whole hours. A window lies within one hour (W1), and so does a stretch of a grid that
   * divides hours: what is made of the windows of whole hours is complete.
   */
  Span onHours() {
    return on(new Grid.Even(HOUR));
  }

  /** What lies in both; of no length if nothing does. */
  Span within(Span other) {
    long begin = Math.max(from, other.from);
    return new Span(begin, Math.max(begin, Math.min(to, other.to)));
  }

  boolean overlaps(Slice slice) {
    return slice.start() < to && from < slice.end();
  }

  long length() {
    return to - from;
  }
}
