package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import java.util.Locale;

/**
 * What registers mean in one type and order.
 *
 * @param address of the first of its registers
 * @param text the exact value
 * @param plausible whether a plant could mean it: finite, neither tiny nor huge, and not 0, of
 *     which nothing can be told
 */
record Reading(
    RegisterType type, RegisterOrder order, int address, String text, boolean plausible) {
  private static final double LEAST_FLOAT = 1e-3;
  private static final double MOST_FLOAT = 1e7;
  private static final long MOST_32 = 10_000_000;
  private static final long MOST_64 = 1_000_000_000_000L;

  /** The types that a value of several registers can have. */
  static final RegisterType[] WIDE = {
    RegisterType.FLOAT32,
    RegisterType.INT32,
    RegisterType.UINT32,
    RegisterType.FLOAT64,
    RegisterType.INT64,
    RegisterType.UINT64
  };

  /**
   * @param registers the answer, whose first register has the address {@code start}
   */
  static Reading of(
      RegisterType type, RegisterOrder order, Registers registers, int start, int address) {
    long bits = bits(registers, address - start, order, type.registers());
    return new Reading(type, order, address, text(type, bits), plausible(type, bits));
  }

  private static long bits(Registers registers, int index, RegisterOrder order, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = (bits << Short.SIZE) | order.bytes(registers.at(index + order.index(i, count)));
    }
    return bits;
  }

  private static String text(RegisterType type, long bits) {
    return switch (type) {
      case INT16 -> Short.toString((short) bits);
      case INT32 -> Integer.toString((int) bits);
      case INT64 -> Long.toString(bits);
      case FLOAT32 -> Float.toString(Float.intBitsToFloat((int) bits));
      case FLOAT64 -> Double.toString(Double.longBitsToDouble(bits));
      case BOOL -> Boolean.toString(bits != 0);
      case BIT, UINT16, UINT32, UINT64, STRING -> Long.toUnsignedString(bits);
    };
  }

  private static boolean plausible(RegisterType type, long bits) {
    return switch (type) {
      case FLOAT32 -> lies(LEAST_FLOAT, Float.intBitsToFloat((int) bits), MOST_FLOAT);
      case FLOAT64 -> lies(LEAST_FLOAT, Double.longBitsToDouble(bits), MOST_FLOAT);
      case INT32 -> {
        int signed = (int) bits;
        yield lies(signed, MOST_32);
      }
      case UINT32 -> lies(bits, MOST_32);
      case INT64 -> lies(bits, MOST_64);
      case UINT64 -> bits > 0 && bits <= MOST_64;
      case BOOL, BIT, INT16, UINT16, STRING -> false;
    };
  }

  private static boolean lies(double least, double value, double most) {
    return Math.abs(value) >= least && Math.abs(value) <= most;
  }

  private static boolean lies(long value, long most) {
    return value != 0 && value >= -most && value <= most;
  }

  boolean isZero() {
    return text.matches("-?0(\\.0)?");
  }

  /** The same, no longer than fits a column. */
  String brief() {
    boolean floating = type == RegisterType.FLOAT32 || type == RegisterType.FLOAT64;
    if (!floating
        || (plausible && text.length() <= 12)
        || isZero()
        || text.matches("NaN|.*Inf.*")) {
      return text;
    }
    double value = Double.parseDouble(text);
    return String.format(Locale.ROOT, plausible ? "%.6g" : "%.2e", value);
  }
}
