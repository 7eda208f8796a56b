package io.edgeflow.aggregator.snapshot;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes state as compact bytes that {@link SnapshotReader} reads back bit for bit. */
public final class SnapshotWriter {
  private byte[] bytes = new byte[256];
  private int size;

  /**
   * @param version of the format that follows; 0 to 127
   */
  public SnapshotWriter(int version) {
    bytes[size++] = (byte) version;
  }

  /** Small magnitudes of either sign take few bytes. */
  public SnapshotWriter number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    ensure(10);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Eight bytes, whatever the value. */
  public SnapshotWriter bits(long value) {
    ensure(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(size, value);
    size += Long.BYTES;
    return this;
  }

  /** All bits of the value, NaN's too. */
  public SnapshotWriter real(double value) {
    return bits(Double.doubleToRawLongBits(value));
  }

  /** Char by char: in UTF-8 an unpaired surrogate would not come back. */
  public SnapshotWriter text(String value) {
    number(value.length());
    for (int i = 0; i < value.length(); i++) {
      number(value.charAt(i));
    }
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
