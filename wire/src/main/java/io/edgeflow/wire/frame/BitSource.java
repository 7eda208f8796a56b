package io.edgeflow.wire.frame;

/** Gives back what {@link BitSink} collected. */
final class BitSource {
  private final byte[] bytes;
  private final long end;
  private long at;

  BitSource(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.at = start * 8L;
    this.end = at + length * 8L;
  }

  long bits(int count) throws ContentFault {
    if (count > end - at) {
      throw new ContentFault("the bits of a column end early");
    }
    long value = 0;
    for (int left = count; left > 0; ) {
      int offset = (int) (at & 7);
      int take = Math.min(8 - offset, left);
      int piece = (bytes[(int) (at >>> 3)] >>> (8 - offset - take)) & ((1 << take) - 1);
      value = (value << take) | piece;
      at += take;
      left -= take;
    }
    return value;
  }
}
