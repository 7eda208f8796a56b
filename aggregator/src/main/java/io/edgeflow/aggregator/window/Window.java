package io.edgeflow.aggregator.window;

/**
 * What one series did in one stretch of time. Windows of equal series, start and length merge into
 * the window of all their readings (W1); which series it is, the holder knows.
 *
 * <p>Aggregates are over the <em>valued</em> readings, good and uncertain ones; stale and bad ones
 * are only counted (W2). Without a valued reading {@code min}, {@code max}, {@code first} and
 * {@code last} are NaN, {@code sum} and {@code m2} are 0, and both times are the start.
 *
 * <p>Whatever the order and split of the same readings (W3): counts, min, max, first and last are
 * bit-equal; {@code sum} is within n·2⁻⁵²·Σ|x| of the exact sum; the root of {@code m2} is within
 * n·2⁻⁵¹·√(Σx²) of the exact root.
 *
 * @param startMicros inclusive, a multiple of the length
 * @param lengthMicros divides one hour
 * @param count every accepted reading
 * @param uncertain how many of the valued readings are uncertain
 * @param m2 sum of squared differences from the mean
 * @param firstMicros time of the first valued reading; of several at one time, the smallest value
 * @param lastMicros time of the last valued reading; of several at one time, the greatest value
 */
public record Window(
    long startMicros,
    long lengthMicros,
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

  /**
   * @throws IllegalArgumentException naming the fault, if no readings could have made this window
   */
  public Window {
    require(WindowRule.validLength(lengthMicros), "length does not divide one hour");
    require(Math.floorMod(startMicros, lengthMicros) == 0, "start is not a multiple of the length");
    require(uncertain >= 0 && stale >= 0 && bad >= 0, "a count is negative");
    // Differences, because the sum of hostile counts could wrap round.
    require(stale <= count && bad <= count - stale, "more stale and bad readings than readings");
    long valued = count - stale - bad;
    require(uncertain <= valued, "more uncertain readings than valued ones");
    if (valued == 0) {
      require(isNaN(min, max) && isNaN(first, last), "aggregates without a valued reading");
      require(sum == 0 && m2 == 0, "a sum without a valued reading");
      require(firstMicros == startMicros && lastMicros == startMicros, "times without a reading");
    } else {
      require(min <= max && within(first, min, max) && within(last, min, max), "range");
      require(Double.isFinite(min) && Double.isFinite(max), "a value is not finite");
      require(Double.isFinite(sum) && Double.isFinite(m2) && m2 >= 0, "sum or m2 out of range");
      require(
          firstMicros >= startMicros
              && firstMicros <= lastMicros
              && lastMicros - startMicros < lengthMicros,
          "a time is outside the window");
    }
  }

  /** A window without readings. */
  public static Window empty(long startMicros, long lengthMicros) {
    double none = Double.NaN;
    return new Window(
        startMicros,
        lengthMicros,
        0,
        0,
        0,
        0,
        none,
        none,
        0,
        0,
        startMicros,
        none,
        startMicros,
        none);
  }

  /** Readings that carry a value: good and uncertain ones. */
  public long valued() {
    return count - stale - bad;
  }

  /** Microseconds since the epoch, exclusive. */
  public long endMicros() {
    return startMicros + lengthMicros;
  }

  /** NaN without a valued reading. */
  public double mean() {
    return sum / valued();
  }

  /** Population variance; NaN without a valued reading. */
  public double variance() {
    return m2 / valued();
  }

  /**
   * The window of the readings of both. Commutative to the bit.
   *
   * @throws IllegalArgumentException if start or length differ
   */
  public Window merge(Window other) {
    if (startMicros != other.startMicros || lengthMicros != other.lengthMicros) {
      throw new IllegalArgumentException(
          "windows %d+%d and %d+%d us do not cover the same time"
              .formatted(startMicros, lengthMicros, other.startMicros, other.lengthMicros));
    }
    if (other.valued() == 0) {
      return withCountsOf(other);
    }
    if (valued() == 0) {
      return other.withCountsOf(this);
    }
    boolean firstIsMine = comesBefore(firstMicros, first, other.firstMicros, other.first);
    boolean lastIsMine = comesBefore(other.lastMicros, other.last, lastMicros, last);
    return new Window(
        startMicros,
        lengthMicros,
        Math.addExact(count, other.count),
        uncertain + other.uncertain,
        stale + other.stale,
        bad + other.bad,
        Math.min(min, other.min),
        Math.max(max, other.max),
        sum + other.sum,
        mergedM2(other),
        firstIsMine ? firstMicros : other.firstMicros,
        firstIsMine ? first : other.first,
        lastIsMine ? lastMicros : other.lastMicros,
        lastIsMine ? last : other.last);
  }

  /**
   * The same readings in a window of a longer length, which a window of another start may share:
   * resolution is given up, counts are not.
   *
   * @throws IllegalArgumentException unless the longer length is a multiple of this one and divides
   *     one hour
   */
  public Window widen(long longerLengthMicros) {
    if (!WindowRule.validLength(longerLengthMicros) || longerLengthMicros % lengthMicros != 0) {
      throw new IllegalArgumentException(
          "a window of %d us cannot be widened to %d us"
              .formatted(lengthMicros, longerLengthMicros));
    }
    long start = Math.floorDiv(startMicros, longerLengthMicros) * longerLengthMicros;
    boolean hasValue = valued() > 0;
    return new Window(
        start,
        longerLengthMicros,
        count,
        uncertain,
        stale,
        bad,
        min,
        max,
        sum,
        m2,
        hasValue ? firstMicros : start,
        first,
        hasValue ? lastMicros : start,
        last);
  }

  private Window withCountsOf(Window other) {
    return new Window(
        startMicros,
        lengthMicros,
        Math.addExact(count, other.count),
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

  /** Chan, Golub and LeVeque: the spread within both parts and that between their means. */
  private double mergedM2(Window other) {
    double mine = valued();
    double theirs = other.valued();
    double between = other.mean() - mean();
    return (m2 + other.m2) + between * between * (mine * theirs / (mine + theirs));
  }

  /** The order of readings: by time, then by value. */
  static boolean comesBefore(long time, double value, long otherTime, double otherValue) {
    return time < otherTime || (time == otherTime && value < otherValue);
  }

  private static boolean within(double value, double low, double high) {
    return value >= low && value <= high;
  }

  private static boolean isNaN(double one, double other) {
    return Double.isNaN(one) && Double.isNaN(other);
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException("window: " + fault);
    }
  }
}
