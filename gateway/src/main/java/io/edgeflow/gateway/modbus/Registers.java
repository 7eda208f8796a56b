package io.edgeflow.gateway.modbus;

/** The registers of one answer, in the order of their addresses. Immutable. */
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

  public int count() {
    return bytes.length / 2;
  }

  /** The register at an index, 0..65535. */
  public int at(int index) {
    return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
  }
}
