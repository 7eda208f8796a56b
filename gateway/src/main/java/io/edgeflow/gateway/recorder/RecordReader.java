package io.edgeflow.gateway.recorder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link RecordWriter} wrote. The bytes passed the journal's checksum, so a fault here
 * is a broken invariant and loud: {@link IllegalStateException} or {@link
 * ArrayIndexOutOfBoundsException}.
 */
final class RecordReader {
  private final byte[] bytes;
  private int at;

  RecordReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean more() {
    return at < bytes.length;
  }

  int u8() {
    return bytes[at++] & 0xFF;
  }

  long int64() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | u8();
    }
    return value;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalStateException("a number of more than ten bytes in a journal record");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  String text() {
    return new String(blob(), StandardCharsets.UTF_8);
  }

  byte[] blob() {
    int length = Math.toIntExact(varint());
    if (length > bytes.length - at) {
      throw new IllegalStateException("a journal record ends inside a value");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }
}
