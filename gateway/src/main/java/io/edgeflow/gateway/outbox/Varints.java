package io.edgeflow.gateway.outbox;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers of seven bits a byte, lowest first: small ones take little room in a checkpoint. */
final class Varints {
  private static final int MORE = 0x80;

  private Varints() {}

  static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest | MORE));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & ~MORE) << shift;
      if (next < MORE) {
        return value;
      }
    }
    throw new IllegalStateException("a number of more than ten bytes in a checkpoint");
  }

  /** A signed number that is small in either direction. */
  static void writeSigned(DataOutput out, long value) throws IOException {
    write(out, (value << 1) ^ (value >> 63));
  }

  static long readSigned(DataInput in) throws IOException {
    long value = read(in);
    return (value >>> 1) ^ -(value & 1);
  }
}
