package io.edgeflow.gateway.modbus;

/**
 * The order of the bytes of a value of several registers, named by where its bytes A (most
 * significant) to D come over the wire; a value of four registers is ordered alike. The protocol
 * sends the high byte of a register first, but says nothing of what devices put there.
 */
public enum RegisterOrder {
  /** Most significant register first, as is. Of four registers: ABCDEFGH. */
  ABCD(false, false),
  /** Least significant register first. Of four registers: GHEFCDAB. */
  CDAB(true, false),
  /** Most significant register first, the bytes of each swapped. Of four: BADCFEHG. */
  BADC(false, true),
  /** Least significant byte first. Of four registers: HGFEDCBA. */
  DCBA(true, true);

  private final boolean wordsSwapped;
  private final boolean bytesSwapped;

  RegisterOrder(boolean wordsSwapped, boolean bytesSwapped) {
    this.wordsSwapped = wordsSwapped;
    this.bytesSwapped = bytesSwapped;
  }

  /** Which register of so many has the part of that significance, 0 the most; and the reverse. */
  public int index(int significance, int registers) {
    return wordsSwapped ? registers - 1 - significance : significance;
  }

  /**
   * From what a register holds to what it means, and the reverse.
   *
   * @param register 0..65535
   */
  public int bytes(int register) {
    return bytesSwapped ? (register & 0xFF) << 8 | register >>> 8 : register;
  }
}
