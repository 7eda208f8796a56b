package io.edgeflow.aggregator.snapshot;

/** Writes state as compact bytes that {@link SnapshotReader} reads back bit for bit. */
public final class SnapshotWriter {
  private final Pieces out;

  /**
   * @param version of the format that follows; 0 to 127
   */
  public SnapshotWriter(int version) {
    this(version, new Pieces());
  }

  /**
   * @param version of the format that follows; 0 to 127
   * @param out where it is written
   */
  public SnapshotWriter(int version, Pieces out) {
    this.out = out;
    out.write(version);
  }

  /** Small magnitudes of either sign take few bytes. */
  public SnapshotWriter number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** Eight bytes, whatever the value. */
  public SnapshotWriter bits(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
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

  /** Everything that was written so far. */
  public byte[] toBytes() {
    return out.toBytes();
  }
}
