package io.edgeflow.wire.frame;

/** Doubles that are decimal numbers of few places, as whole numbers of that place. */
final class Decimals {
  /** The most decimal places tried. */
  static final int MAX_PLACES = 9;

  /** Stands for "not decimal" where places are told. */
  static final int BINARY = 10;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final double MOST = 1L << 53;

  private Decimals() {}

  /** The fewest places, no fewer than asked for, at which the value comes back bit by bit. */
  static int places(double value, int atLeast) {
    for (int places = atLeast; places <= MAX_PLACES; places++) {
      if (Double.doubleToLongBits(toDouble(toWhole(value, places), places))
          == Double.doubleToLongBits(value)) {
        return places;
      }
    }
    return BINARY;
  }

  /** The nearest whole number of units of the place; 0 for what is not finite or too large. */
  static long toWhole(double value, int places) {
    double scaled = value * POWERS[places];
    return Math.abs(scaled) <= MOST ? (long) Math.rint(scaled) : 0;
  }

  static double toDouble(long whole, int places) {
    return whole / POWERS[places];
  }
}
