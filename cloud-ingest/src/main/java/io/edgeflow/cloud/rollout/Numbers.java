package io.edgeflow.cloud.rollout;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
final class Numbers {
  private static final MathContext SHOWN = new MathContext(3);

  private Numbers() {}

  /** Three digits that count, and all before the point. */
  static String round(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    boolean large = Math.abs(value) >= 1_000;
    BigDecimal shown = large ? BigDecimal.valueOf(Math.round(value)) : exact.round(SHOWN);
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  /** {@code 1 edge}, {@code 2 edges}. */
  static String edges(long count) {
    return count == 1 ? "1 edge" : count + " edges";
  }
}
