package io.edgeflow.gateway.modbus;

/** How a point's registers are to be understood. */
public enum RegisterType {
  /** A coil or a discrete input; of a register: whether it is not 0. */
  BOOL(1),
  /** One bit of a register, 0 the lowest. */
  BIT(1),
  INT16(1),
  UINT16(1),
  INT32(2),
  UINT32(2),
  /** Beyond 2^53 the nearest double. */
  INT64(4),
  /** Beyond 2^53 the nearest double. */
  UINT64(4),
  /** IEEE 754, single precision. */
  FLOAT32(2),
  /** IEEE 754, double precision. */
  FLOAT64(4),
  /** Two characters to a register, up to the first zero. As many registers as its point says. */
  STRING(1);

  private final int registers;

  RegisterType(int registers) {
    this.registers = registers;
  }

  /** Registers of 16 bits that one value takes; of a text the least. */
  public int registers() {
    return registers;
  }
}
