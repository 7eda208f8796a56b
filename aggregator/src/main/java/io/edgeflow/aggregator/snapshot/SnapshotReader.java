package io.edgeflow.aggregator.snapshot;

import java.nio.ByteBuffer;

/**
 * Reads what {@link SnapshotWriter} wrote. Every method throws {@link IllegalArgumentException} at
 * bytes that no writer could have produced.
 */
public final class SnapshotReader {
  private final ByteBuffer bytes;
  private final String what;

  /**
   * @param what names the state in messages
   * @throws IllegalArgumentException if the bytes are of another version
   */
  public SnapshotReader(String what, int version, byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.what = what;
    int found = bytes.length == 0 ? -1 : this.bytes.get();
    if (found != version) {
      throw refusal("version " + found + ", not " + version);
    }
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw refusal("a number that does not end");
  }

  /**
   * A number of things that follow, each of at least one byte: never more than could be there, so
   * that damaged bytes make nobody allocate.
   */
  public int count() {
    long count = number();
    if (count < 0 || count > bytes.remaining()) {
      throw refusal("a count of " + count);
    }
    return (int) count;
  }

  /** A number from 0 to a limit. */
  public int number(int limit) {
    long value = number();
    if (value < 0 || value > limit) {
      throw refusal(value + ", not 0 to " + limit);
    }
    return (int) value;
  }

  public long bits() {
    need(Long.BYTES);
    return bytes.getLong();
  }

  public double real() {
    return Double.longBitsToDouble(bits());
  }

  public String text() {
    char[] chars = new char[count()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) number(Character.MAX_VALUE);
    }
    return new String(chars);
  }

  /** To be called last. */
  public void end() {
    if (bytes.hasRemaining()) {
      throw refusal(bytes.remaining() + " bytes too many");
    }
  }

  private void need(int more) {
    if (bytes.remaining() < more) {
      throw refusal("too few bytes");
    }
  }

  private IllegalArgumentException refusal(String fault) {
    return new IllegalArgumentException("snapshot of " + what + " has " + fault);
  }
}
