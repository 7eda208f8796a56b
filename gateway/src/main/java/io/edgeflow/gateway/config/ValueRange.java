package io.edgeflow.gateway.config;

import java.util.Locale;

/**
 * From one number to another, both included: {@code 0..100}. Either end may be left open.
 *
 * @param low minus infinity for none
 * @param high infinity for none
 */
public record ValueRange(double low, double high) {
  private static final String RULE = "must be a range such as 0..100, 0.. or ..100";
  private static final String TO = "..";

  public ValueRange {
    if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
      throw new IllegalArgumentException(RULE);
    }
  }

  /** Everything. */
  public static final ValueRange ALL =
      new ValueRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public static ValueRange parse(String text) {
    int at = text.indexOf(TO);
    // Three dots would be 0..0.1 where somebody meant 0..100.
    if (at < 0 || text.strip().equals(TO) || text.startsWith(".", at + TO.length())) {
      throw new IllegalArgumentException(RULE);
    }
    return new ValueRange(
        end(text.substring(0, at), ALL.low), end(text.substring(at + TO.length()), ALL.high));
  }

  private static double end(String text, double open) {
    try {
      return text.isBlank() ? open : Double.parseDouble(text.strip());
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(RULE, notOne);
    }
  }

  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  @Override
  public String toString() {
    return word(low) + TO + word(high);
  }

  private static String word(double end) {
    if (Double.isInfinite(end)) {
      return "";
    }
    return end == Math.rint(end) && Math.abs(end) < 1e15
        ? String.format(Locale.ROOT, "%.0f", end)
        : Double.toString(end);
  }
}
