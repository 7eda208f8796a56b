package io.edgeflow.wire.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows as it is written to. */
final class ByteSink {
  private byte[] bytes = new byte[4096];
  private int size;

  void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** 7 bits a byte, low ones first; as unsigned. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Small for small values of either sign. */
  void zigzag(long value) {
    varint(ZigZag.encode(value));
  }

  void bytes(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    bytes(utf8, 0, utf8.length);
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
