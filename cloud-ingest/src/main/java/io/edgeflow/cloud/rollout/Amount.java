package io.edgeflow.cloud.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of edges, {@code 3}, or a share of them, {@code 10%}.
 *
 * @param value the number, or percents up to 100
 */
public record Amount(double value, boolean percent) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,7})(\\.\\d{1,3})?\\s*(%?)");

  /** Below this a product of decimals is a whole number that a double could not hold. */
  private static final double ROUNDING = 1e-9;

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public static Amount parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || (form.group(2) != null && form.group(3).isEmpty())) {
      throw new IllegalArgumentException("must be a number of edges such as 3, or a share: 10%");
    }
    boolean percent = !form.group(3).isEmpty();
    double value = Double.parseDouble(text.strip().replace("%", "").strip());
    if (percent && value > 100) {
      throw new IllegalArgumentException("must be 0% to 100%");
    }
    return new Amount(value, percent);
  }

  /** Of so many edges: a share that is no whole number is rounded up; at most all of them. */
  public int up(int edges) {
    return (int) Math.min(edges, Math.ceil(exactly(edges) - ROUNDING));
  }

  /** Of so many edges: a share that is no whole number is rounded down; at most all of them. */
  public int down(int edges) {
    return (int) Math.min(edges, Math.floor(exactly(edges) + ROUNDING));
  }

  private double exactly(int edges) {
    return percent ? value * edges / 100 : value;
  }

  @Override
  public String toString() {
    String number = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
    return percent ? number + "%" : number;
  }
}
