package io.edgeflow.wire.frame;

/** Maps small numbers of either sign to small unsigned ones. */
final class ZigZag {
  private ZigZag() {}

  static long encode(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long decode(long unsigned) {
    return (unsigned >>> 1) ^ -(unsigned & 1);
  }
}
