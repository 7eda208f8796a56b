package io.edgeflow.wire.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads untrusted bytes: never past the end, and never allocates more than what is left. */
final class ByteSource {
  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  int left() {
    return bytes.length - at;
  }

  int u8() throws ContentFault {
    need(1);
    return bytes[at++] & 0xFF;
  }

  long varint() throws ContentFault {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      if (shift == 63 && next > 1) {
        throw new ContentFault("a number is too long");
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new ContentFault("a number is too long");
  }

  long zigzag() throws ContentFault {
    return ZigZag.decode(varint());
  }

  /** A number from 0 to {@code most}, both included. */
  int count(int most, String what) throws ContentFault {
    long count = varint();
    if (count < 0 || count > most) {
      throw new ContentFault("too many " + what);
    }
    return (int) count;
  }

  /** The position of the next {@code length} bytes in {@link #array}, which are thereby read. */
  int skip(int length) throws ContentFault {
    need(length);
    int start = at;
    at += length;
    return start;
  }

  byte[] array() {
    return bytes;
  }

  String text(int mostBytes) throws ContentFault {
    int length = count(mostBytes, "bytes in a text");
    int start = skip(length);
    return utf8(bytes, start, length);
  }

  static String utf8(byte[] bytes, int start, int length) throws ContentFault {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ContentFault("a text is not UTF-8");
    }
  }

  private void need(int length) throws ContentFault {
    if (length < 0 || length > left()) {
      throw new ContentFault("the content ends early");
    }
  }
}
