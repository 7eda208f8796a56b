package io.edgeflow.aggregator.counter;

/**
 * What is known of a counter beforehand.
 *
 * @param rollOver the value that it never shows, because it is at zero again instead: 65 536 of one
 *     with 16 bits, in the unit of its readings. {@link Double#NaN} where nobody knows.
 */
public record CounterRule(double rollOver) {
  /** Every fall is a reset. */
  public static final CounterRule NO_ROLL_OVER = new CounterRule(Double.NaN);

  /** Of the range: a longer step forward is taken for a reset. */
  private static final double LONGEST_STEP = 0.25;

  public CounterRule {
    if (rollOver <= 0 || Double.isInfinite(rollOver)) {
      throw new IllegalArgumentException("a counter cannot roll over at " + rollOver);
    }
  }

  /**
   * Whether a fall is a roll-over: the way from the old value over the top to the new one is
   * shorter than a quarter of the range. So the old one is near the top and the new one near zero.
   * No value at or above the top was of this range.
   */
  boolean rollsOver(double from, double to) {
    // False where the top is not known, too.
    return from < rollOver && rollOver - from + to < LONGEST_STEP * rollOver;
  }
}
