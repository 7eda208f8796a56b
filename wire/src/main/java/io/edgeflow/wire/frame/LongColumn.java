package io.edgeflow.wire.frame;

import java.util.Arrays;

/**
 * A column of whole numbers, in whichever form is smallest: one value for all, the bytes of all
 * values plane by plane (which zstd packs well where few distinct values occur), or Rice codes
 * (where they are noise). Both of the latter as unsigned numbers if none is negative.
 */
final class LongColumn {
  private static final int CONSTANT = 0;
  private static final int PLANES = 1;
  private static final int PLANES_SIGNED = 2;
  private static final int RICE = 3;
  private static final int RICE_SIGNED = 4;

  private LongColumn() {}

  /**
   * @param contexts of the values, 0 to 63, by which they resemble each other; the reader must know
   *     them
   */
  static void write(ByteSink sink, long[] values, int[] contexts) {
    if (values.length == 0) {
      return;
    }
    if (isConstant(values)) {
      sink.u8(CONSTANT);
      sink.zigzag(values[0]);
      return;
    }
    boolean signed = isSigned(values);
    long[] unsigned = signed ? zigzags(values) : values;
    int start = typicalBits(unsigned);
    byte[] rice = rice(unsigned, contexts, start);
    byte[] planes = planes(unsigned);
    if (rice.length * 8.0 <= Entropy.bits(planes, values.length)) {
      sink.u8(signed ? RICE_SIGNED : RICE);
      sink.u8(start);
      sink.varint(rice.length);
      sink.bytes(rice, 0, rice.length);
    } else {
      sink.u8(signed ? PLANES_SIGNED : PLANES);
      sink.u8(planes.length / values.length);
      sink.bytes(planes, 0, planes.length);
    }
  }

  static long[] read(ByteSource source, int[] contexts) throws ContentFault {
    long[] values = new long[contexts.length];
    if (values.length == 0) {
      return values;
    }
    int form = source.u8();
    switch (form) {
      case CONSTANT -> Arrays.fill(values, source.zigzag());
      case PLANES, PLANES_SIGNED -> readPlanes(source, values);
      case RICE, RICE_SIGNED -> readRice(source, values, contexts);
      default -> throw new ContentFault("a column of an unknown form");
    }
    if (form == PLANES_SIGNED || form == RICE_SIGNED) {
      for (int i = 0; i < values.length; i++) {
        values[i] = ZigZag.decode(values[i]);
      }
    }
    return values;
  }

  private static void readPlanes(ByteSource source, long[] values) throws ContentFault {
    int width = source.u8();
    if (width < 1 || width > 8) {
      throw new ContentFault("a column of an impossible width");
    }
    int start = source.skip(width * values.length);
    byte[] bytes = source.array();
    for (int plane = 0; plane < width; plane++) {
      for (int i = 0; i < values.length; i++) {
        values[i] |= (bytes[start + plane * values.length + i] & 0xFFL) << (8 * plane);
      }
    }
  }

  private static void readRice(ByteSource source, long[] values, int[] contexts)
      throws ContentFault {
    int start = source.u8();
    if (start > 56) {
      throw new ContentFault("a column that starts with impossible numbers");
    }
    int length = source.count(source.left(), "bytes in a column");
    BitSource bits = new BitSource(source.array(), source.skip(length), length);
    Rice rice = new Rice(start);
    for (int i = 0; i < values.length; i++) {
      values[i] = rice.read(contexts[i], bits);
    }
  }

  private static byte[] rice(long[] unsigned, int[] contexts, int start) {
    BitSink bits = new BitSink();
    Rice rice = new Rice(start);
    for (int i = 0; i < unsigned.length; i++) {
      rice.write(unsigned[i], contexts[i], bits);
    }
    return bits.toBytes();
  }

  private static byte[] planes(long[] unsigned) {
    long all = 0;
    for (long value : unsigned) {
      all |= value;
    }
    int width = Math.max(1, (71 - Long.numberOfLeadingZeros(all)) / 8);
    byte[] planes = new byte[width * unsigned.length];
    for (int plane = 0; plane < width; plane++) {
      for (int i = 0; i < unsigned.length; i++) {
        planes[plane * unsigned.length + i] = (byte) (unsigned[i] >>> (8 * plane));
      }
    }
    return planes;
  }

  private static boolean isConstant(long[] values) {
    for (long value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSigned(long[] values) {
    for (long value : values) {
      if (value < 0) {
        return true;
      }
    }
    return false;
  }

  private static long[] zigzags(long[] values) {
    long[] unsigned = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      unsigned[i] = ZigZag.encode(values[i]);
    }
    return unsigned;
  }

  private static int typicalBits(long[] unsigned) {
    long bits = 0;
    for (long value : unsigned) {
      bits += 64 - Long.numberOfLeadingZeros(value);
    }
    return (int) Math.min(56, bits / unsigned.length);
  }
}
