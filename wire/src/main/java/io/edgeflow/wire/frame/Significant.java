package io.edgeflow.wire.frame;

/** Doubles of which only the leading bits count. */
public final class Significant {
  private static final int DROPPED = 29;

  private Significant() {}

  /**
   * A non-negative number to 24 significant bits, half to even: within 2⁻²⁴ of it, and the same
   * again when repeated.
   */
  public static double round24(double value) {
    return fromShort(toShort(value));
  }

  /** The bits that are left: as ordered as the numbers they stand for. */
  static long toShort(double value) {
    long bits = Double.doubleToLongBits(value);
    long half = (1L << (DROPPED - 1)) - 1 + ((bits >>> DROPPED) & 1);
    return (bits + half) >>> DROPPED;
  }

  static double fromShort(long bits) {
    return Double.longBitsToDouble(bits << DROPPED);
  }
}
