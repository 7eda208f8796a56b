package io.edgeflow.gateway.recorder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one record in a buffer that is used again for the next. Owned by one thread. */
final class RecordWriter {
  private byte[] bytes = new byte[1024];
  private int length;

  void reset() {
    length = 0;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  RecordWriter u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  RecordWriter int64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** An unsigned number, seven bits a byte, lowest first. */
  RecordWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** A signed number that is small in either direction. */
  RecordWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  RecordWriter text(String text) {
    return blob(text.getBytes(StandardCharsets.UTF_8));
  }

  RecordWriter blob(byte[] value) {
    return blob(value, value.length);
  }

  /** The first bytes of the value. */
  RecordWriter blob(byte[] value, int count) {
    varint(count);
    room(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
