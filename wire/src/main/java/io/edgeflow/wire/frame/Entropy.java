package io.edgeflow.wire.frame;

/** What bytes will cost about once packed. */
final class Entropy {
  private Entropy() {}

  /**
   * The bits of planes of {@code planeLength} bytes each, if every plane is packed by the frequency
   * of its bytes. {@link StrictMath}, so that every machine packs a frame into the same bytes.
   */
  static double bits(byte[] planes, int planeLength) {
    double bits = 0;
    for (int start = 0; start < planes.length; start += planeLength) {
      int[] frequencies = new int[256];
      for (int i = start; i < start + planeLength; i++) {
        frequencies[planes[i] & 0xFF]++;
      }
      bits += bits(frequencies, planeLength);
    }
    return bits;
  }

  private static double bits(int[] frequencies, int total) {
    double bits = 0;
    int distinct = 0;
    for (int frequency : frequencies) {
      if (frequency > 0) {
        distinct++;
        bits -= frequency * (StrictMath.log((double) frequency / total) / StrictMath.log(2));
      }
    }
    // A code table of its own, which a plane of one value does not need.
    return distinct == 1 ? bits : bits + distinct * 4.0;
  }
}
