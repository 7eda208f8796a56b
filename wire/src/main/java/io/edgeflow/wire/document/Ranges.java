package io.edgeflow.wire.document;

final class Ranges {
  private Ranges() {}

  static void check(long from, long to) {
    // The greatest long is left out so that one past the end of a range is always a number.
    if (from < 1 || to < from || to == Long.MAX_VALUE) {
      throw new IllegalArgumentException("not a range of frame numbers: " + from + ".." + to);
    }
  }
}
