package io.edgeflow.cloud.operator;

import java.util.Arrays;

/** A line of numbers as a row of blocks, lowest to highest. Stateless. */
final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * @param times of the values, within the span
   * @param values NaN is a gap, as is a stretch without a time
   * @param width characters
   */
  static String of(long[] times, double[] values, long from, long to, int width) {
    double[] sums = new double[width];
    int[] counts = new int[width];
    for (int i = 0; i < times.length; i++) {
      if (!Double.isNaN(values[i]) && to > from) {
        double at = (times[i] - from) / (double) (to - from) * width;
        int cell = (int) Math.clamp(at, 0, width - 1);
        sums[cell] += values[i];
        counts[cell]++;
      }
    }
    double low = Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
    double high = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    var line = new StringBuilder(width);
    for (int cell = 0; cell < width; cell++) {
      line.append(counts[cell] == 0 ? ' ' : level(sums[cell] / counts[cell], low, high));
    }
    return line.toString();
  }

  private static char level(double value, double low, double high) {
    if (high <= low) {
      return LEVELS.charAt(LEVELS.length() / 2 - 1);
    }
    return LEVELS.charAt((int) Math.round((value - low) / (high - low) * (LEVELS.length() - 1)));
  }
}
