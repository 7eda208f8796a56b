package io.edgeflow.gateway.modbus;

/**
 * One value in a unit's tables.
 *
 * @param series the whole series name, {@code <device>/<point>}
 * @param address the first register's or the bit's address as it goes over the wire, 0..65535 (the
 *     register that a manual calls 40001 is address 0 of the holding table)
 * @param scale the factor from the raw number to the unit; {@code value = raw * scale + offset}
 * @param part of a {@code BIT} which one, 0 (lowest) to 15; of a {@code STRING} its registers, 1 to
 *     125; else 0
 * @param low values below it are faults; minus infinity for none
 * @param high values above it are faults; infinity for none
 */
public record RegisterPoint(
    String series,
    RegisterTable table,
    int address,
    RegisterType type,
    RegisterOrder order,
    double scale,
    double offset,
    int part,
    double low,
    double high) {
  /** One past the highest address of the protocol. */
  public static final int ADDRESS_END = 65_536;

  private static final int HIGHEST_BIT = 15;

  public RegisterPoint {
    if (series.isBlank()) {
      throw new IllegalArgumentException("a register point needs a series");
    }
    check(partFits(type, part), series, "part " + part + " of " + type);
    check(
        address >= 0 && address <= ADDRESS_END - registers(type, part),
        series,
        type + " at address " + address + " lies outside 0..65535");
    check(
        !table.bits() || type == RegisterType.BOOL,
        series,
        table + " holds single bits, which are of type bool");
    check(
        Double.isFinite(scale) && scale != 0 && Double.isFinite(offset),
        series,
        "scale and offset must be finite, scale not 0");
    check(low <= high, series, "nothing lies from " + low + " to " + high);
  }

  /** Of any value, and of a type that needs no part. */
  public RegisterPoint(
      String series,
      RegisterTable table,
      int address,
      RegisterType type,
      RegisterOrder order,
      double scale,
      double offset) {
    this(
        series,
        table,
        address,
        type,
        order,
        scale,
        offset,
        0,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }

  private static boolean partFits(RegisterType type, int part) {
    return switch (type) {
      case BIT -> part >= 0 && part <= HIGHEST_BIT;
      case STRING -> part >= 1 && part <= RegisterBlock.MAX_REGISTERS;
      case BOOL, INT16, UINT16, INT32, UINT32, INT64, UINT64, FLOAT32, FLOAT64 -> part == 0;
    };
  }

  private static int registers(RegisterType type, int part) {
    return type == RegisterType.STRING ? part : type.registers();
  }

  private static void check(boolean holds, String series, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(series + ": " + rule);
    }
  }

  /** Registers, or bits of a table of bits, that it takes. */
  public int registers() {
    return registers(type, part);
  }

  /** Whether it is a text, not a number. */
  public boolean isText() {
    return type == RegisterType.STRING;
  }

  /** One past its last register. */
  int end() {
    return address + registers();
  }
}
