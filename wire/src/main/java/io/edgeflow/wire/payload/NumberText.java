package io.edgeflow.wire.payload;

import java.util.regex.Pattern;

/**
 * Reads a decimal number from ASCII bytes without allocating, where the result is exact: up to 15
 * digits and a power of ten up to 22 are both exact in a double, so one multiplication or division
 * rounds once (W. D. Clinger, "How to read floating point numbers accurately", 1990). Everything
 * else is left to {@link Double#parseDouble}.
 */
final class NumberText {
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");

  /** No number that a sensor means has more. */
  static final int MOST_CHARS = 400;

  private NumberText() {}

  /** The number, infinite if it is too large for a double; NaN if the text is none. */
  static double of(String text) {
    return text.length() <= MOST_CHARS && NUMBER.matcher(text).matches()
        ? Double.parseDouble(text)
        : Double.NaN;
  }

  /** The number, or NaN if these bytes are not plain digits with at most one point and a sign. */
  static double exact(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int decimals = -1;
    for (; at < to; at++) {
      int c = text[at];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
        decimals += decimals >= 0 ? 1 : 0;
      } else if (c == '.' && decimals < 0 && count > 0) {
        decimals = 0;
      } else {
        return Double.NaN;
      }
      if (count > EXACT_DIGITS) {
        return Double.NaN;
      }
    }
    if (count == 0 || decimals == 0) {
      return Double.NaN;
    }
    double value = decimals > 0 ? digits / POWERS[decimals] : digits;
    return negative ? -value : value;
  }
}
