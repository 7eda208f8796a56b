package io.edgeflow.cloud.query;

/**
 * The readings of one series in one stretch of time, made of whole windows. Unlike a {@link
 * io.edgeflow.aggregator.window.Window} it has any start and length; without a reading that carries
 * a value its aggregates are NaN. Times are microseconds since the epoch.
 *
 * @param end exclusive
 * @param m2 the sum of squared differences from the mean; NaN where it is not known
 */
record Slice(
    long start,
    long end,
    long count,
    long uncertain,
    long stale,
    long bad,
    double min,
    double max,
    double sum,
    double m2,
    long firstMicros,
    double first,
    long lastMicros,
    double last) {
  long valued() {
    return count - stale - bad;
  }

  /** NaN without a reading that carries a value. */
  double mean() {
    return valued() == 0 ? Double.NaN : sum / valued();
  }

  /** Of all readings that carry a value, not of a sample; NaN where it is not known. */
  double stddev() {
    return valued() == 0 ? Double.NaN : Math.sqrt(Math.max(0, m2) / valued());
  }

  private double m2(Slice other) {
    double apart = other.mean() - mean();
    double weight = (double) valued() * other.valued() / (valued() + other.valued());
    return m2 + other.m2 + apart * apart * weight;
  }

  /** Grown to whole stretches of the grid. */
  Slice on(Grid grid) {
    return spanning(grid.floor(start), grid.ceil(end));
  }

  boolean overlaps(Slice other) {
    return start < other.end && other.start < end;
  }

  /** The readings of both, over the time of both. */
  Slice merge(Slice other) {
    long from = Math.min(start, other.start);
    long to = Math.max(end, other.end);
    if (other.valued() == 0) {
      return plusCounts(other).spanning(from, to);
    }
    if (valued() == 0) {
      return other.plusCounts(this).spanning(from, to);
    }
    boolean firstIsMine = before(firstMicros, first, other.firstMicros, other.first);
    boolean lastIsMine = before(other.lastMicros, other.last, lastMicros, last);
    return new Slice(
        from,
        to,
        count + other.count,
        uncertain + other.uncertain,
        stale + other.stale,
        bad + other.bad,
        Math.min(min, other.min),
        Math.max(max, other.max),
        sum + other.sum,
        m2(other),
        firstIsMine ? firstMicros : other.firstMicros,
        firstIsMine ? first : other.first,
        lastIsMine ? lastMicros : other.lastMicros,
        lastIsMine ? last : other.last);
  }

  private static boolean before(long time, double value, long otherTime, double otherValue) {
    return time < otherTime || (time == otherTime && value < otherValue);
  }

  private Slice spanning(long from, long to) {
    return new Slice(
        from,
        to,
        count,
        uncertain,
        stale,
        bad,
        min,
        max,
        sum,
        m2,
        firstMicros,
        first,
        lastMicros,
        last);
  }

  private Slice plusCounts(Slice other) {
    return new Slice(
        start,
        end,
        count + other.count,
        uncertain + other.uncertain,
        stale + other.stale,
        bad + other.bad,
        min,
        max,
        sum,
        m2,
        firstMicros,
        first,
        lastMicros,
        last);
  }
}
