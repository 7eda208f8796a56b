package io.edgeflow.gateway.alarms;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in sentences for people; programs read them unrounded in the detail of an event. */
final class Figures {
  private static final int DIGITS = 4;

  /** Where plain digits take more room than this, an exponent is easier to read. */
  private static final int LONGEST_PLAIN = 12;

  private Figures() {}

  /** Four significant digits, and all digits before the point; what is no number stays as it is. */
  static String brief(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      int whole = number.precision() - number.scale();
      int digits = Math.max(DIGITS, Math.min(whole, LONGEST_PLAIN));
      return plain(number.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    } catch (NumberFormatException text) {
      return value;
    }
  }

  /** As somebody wrote it: {@code 20} and not {@code 20.0}. It must be finite. */
  static String exact(double number) {
    return plain(BigDecimal.valueOf(number));
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    String plain = stripped.toPlainString();
    return plain.length() <= LONGEST_PLAIN ? plain : stripped.toString();
  }
}
