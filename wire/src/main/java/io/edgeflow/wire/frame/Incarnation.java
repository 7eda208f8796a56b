package io.edgeflow.wire.frame;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One start of an edge: 128 random bits (J4). Frame numbers count within it. Ordered as an unsigned
 * number, which is the order of its text, so that both ends sort alike.
 */
public record Incarnation(long hi, long lo) implements Comparable<Incarnation> {
  private static final int DIGITS = 32;

  public static Incarnation random(RandomGenerator random) {
    return new Incarnation(random.nextLong(), random.nextLong());
  }

  /**
   * Reads what {@link #toString} wrote; capital digits are fine too.
   *
   * @throws IllegalArgumentException for anything but 32 hexadecimal digits
   */
  public static Incarnation parse(String text) {
    if (text.length() != DIGITS) {
      throw new IllegalArgumentException("an incarnation is 32 hexadecimal digits");
    }
    return new Incarnation(
        HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
        HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS));
  }

  @Override
  public int compareTo(Incarnation other) {
    int high = Long.compareUnsigned(hi, other.hi);
    return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
  }

  /** 32 lower case hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(hi) + hex.toHexDigits(lo);
  }
}
