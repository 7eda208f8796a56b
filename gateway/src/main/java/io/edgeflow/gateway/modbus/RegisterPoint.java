package io.edgeflow.gateway.modbus;

/**
 * One value in a device's registers.
 *
 * @param series the whole series name, {@code <device>/<point>}
 * @param address the first register's address as it goes over the wire, 0..65535 (the register that
 *     a manual calls 40001 is address 0 of the holding table)
 * @param scale the factor from the raw number to the unit; {@code value = raw * scale + offset}
 */
public record RegisterPoint(
    String series,
    RegisterTable table,
    int address,
    RegisterType type,
    RegisterOrder order,
    double scale,
    double offset) {
  /** One past the highest address of the protocol. */
  static final int ADDRESS_END = 65_536;

  public RegisterPoint {
    if (series.isBlank()) {
      throw new IllegalArgumentException("a register point needs a series");
    }
    if (address < 0 || address + type.registers() > ADDRESS_END) {
      throw new IllegalArgumentException(
          series + ": " + type + " at address " + address + " lies outside 0..65535");
    }
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(series + ": scale and offset must be finite, scale not 0");
    }
  }

  /** One past the last register of this point. */
  int end() {
    return address + type.registers();
  }
}
