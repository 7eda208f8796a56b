package io.edgeflow.aggregator.reading;

/** Which numbers are accepted, and in what form (W3). */
public final class Values {
  /** The greatest magnitude accepted: squares of it, summed, stay finite. */
  public static final double LIMIT = 1e140;

  private Values() {}

  /** True for a finite number of at most {@link #LIMIT} in magnitude. */
  public static boolean acceptable(double value) {
    // False for NaN too, which compares with nothing.
    return Math.abs(value) <= LIMIT;
  }

  /** The value as it is kept: negative zero becomes zero, so that equal values have equal bits. */
  public static double accepted(double value) {
    return value + 0.0;
  }
}
