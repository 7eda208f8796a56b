package io.edgeflow.models.fit;

import java.util.Arrays;

/** Statistics that a few wild values do not move. All take values in any order and leave them. */
public final class Robust {
  /** Makes the median deviation of a bell curve its standard deviation. */
  private static final double BELL = 1.4826;

  private Robust() {}

  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /**
   * On the line between the two nearest values.
   *
   * @param share 0 to 1
   * @throws IllegalArgumentException if there are no values
   */
  public static double quantile(double[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** How far values lie from their median, as a standard deviation; 0 if most are the same. */
  public static double spread(double[] values) {
    double median = median(values);
    double[] off = new double[values.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = Math.abs(values[i] - median);
    }
    return BELL * median(off);
  }

  /**
   * Beyond what is normal: {@code reach} times as far above the median as the 99th percentile is.
   * One value in a hundred may be wild without moving it much.
   */
  public static double bound(double[] values, double reach) {
    double median = median(values);
    return median + reach * (quantile(values, 0.99) - median);
  }
}
