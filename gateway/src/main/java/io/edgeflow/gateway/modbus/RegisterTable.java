package io.edgeflow.gateway.modbus;

/** Which of a unit's four tables a point lies in. */
public enum RegisterTable {
  /** Bits that can be written; read with function 1. Manuals number them from 1. */
  COIL(true),
  /** Bits that can only be read, with function 2. Manuals number them from 10001. */
  DISCRETE(true),
  /** Registers that can be written; read with function 3. Manuals number them from 40001. */
  HOLDING(false),
  /** Registers that can only be read, with function 4. Manuals number them from 30001. */
  INPUT(false);

  private final boolean bits;

  RegisterTable(boolean bits) {
    this.bits = bits;
  }

  /** Whether an address of it holds one bit, not a register of 16. */
  public boolean bits() {
    return bits;
  }

  /** What one request may ask for by the protocol: 2000 bits, 125 registers. */
  public int most() {
    return bits ? RegisterBlock.MAX_BITS : RegisterBlock.MAX_REGISTERS;
  }
}
