package io.edgeflow.aggregator.window;

/**
 * How long windows are, and how long they wait for stragglers.
 *
 * @param lengthMicros divides one hour (W1), so that windows of all lengths line up
 * @param graceMicros how far a series' newest event time must pass a window's end to close it; not
 *     negative, at most a day
 */
public record WindowRule(long lengthMicros, long graceMicros) {
  public static final long HOUR_MICROS = 3_600_000_000L;

  private static final long MAX_GRACE_MICROS = 24 * HOUR_MICROS;

  /**
   * @throws IllegalArgumentException if a bound is broken
   */
  public WindowRule {
    if (!validLength(lengthMicros)) {
      throw new IllegalArgumentException(
          "window length " + lengthMicros + " us does not divide one hour");
    }
    if (graceMicros < 0 || graceMicros > MAX_GRACE_MICROS) {
      throw new IllegalArgumentException("window grace " + graceMicros + " us is not 0 to 24 h");
    }
  }

  /** True if the length is at least a millisecond and divides one hour. */
  public static boolean validLength(long lengthMicros) {
    return lengthMicros >= 1_000 && lengthMicros <= HOUR_MICROS && HOUR_MICROS % lengthMicros == 0;
  }

  /**
   * The longest length of at most so many windows that divides one hour, so that {@link
   * Window#widen} takes it; the same length if there is none, as for an hour.
   */
  public static long widened(long lengthMicros, int windows) {
    for (int factor = windows; factor > 1; factor--) {
      if (validLength(lengthMicros * factor)) {
        return lengthMicros * factor;
      }
    }
    return lengthMicros;
  }

  /** The start of the window that a time belongs to. */
  public long startOf(long timeMicros) {
    return Math.floorDiv(timeMicros, lengthMicros) * lengthMicros;
  }
}
