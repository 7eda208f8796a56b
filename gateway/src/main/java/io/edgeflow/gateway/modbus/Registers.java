package io.edgeflow.gateway.modbus;

/**
 * The registers of one answer, in the order of their addresses; of a table of bits each is 0 or 1.
 * Immutable.
 */
public final class Registers {
  private final byte[] bytes;

  /**
   * @param bytes as they came, high byte of each register first; an even number
   */
  public Registers(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole registers");
    }
    this.bytes = bytes.clone();
  }

  /**
   * @param packed eight to a byte, the first one lowest, as they come
   * @param count how many they are
   */
  public static Registers ofBits(byte[] packed, int count) {
    byte[] bytes = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      bytes[2 * i + 1] = (byte) (packed[i / 8] >> (i % 8) & 1);
    }
    return new Registers(bytes);
  }

  public int count() {
    return bytes.length / 2;
  }

  /** The register at an index, 0..65535. */
  public int at(int index) {
    return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
  }
}
