package io.edgeflow.gateway.source.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one packet behind its fixed header, read from the beginning. */
final class Body {
  private final byte[] bytes;
  private int position;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  int oneByte() throws MalformedPacketException {
    need(1);
    return bytes[position++] & 0xff;
  }

  int twoBytes() throws MalformedPacketException {
    return (oneByte() << 8) | oneByte();
  }

  long fourBytes() throws MalformedPacketException {
    return ((long) twoBytes() << 16) | twoBytes();
  }

  /** At most four bytes of seven bits each, the lowest first. */
  int variableInt() throws MalformedPacketException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = oneByte();
      value |= (digit & 0x7f) << shift;
      if (digit < 0x80) {
        return value;
      }
    }
    throw new MalformedPacketException("a length has more than four bytes");
  }

  String text() throws MalformedPacketException {
    int length = twoBytes();
    need(length);
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  void skipText() throws MalformedPacketException {
    skip(twoBytes());
  }

  void skip(int count) throws MalformedPacketException {
    need(count);
    position += count;
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
    position = bytes.length;
    return rest;
  }

  private void need(int count) throws MalformedPacketException {
    if (bytes.length - position < count) {
      throw new MalformedPacketException("a packet ends too early");
    }
  }
}
