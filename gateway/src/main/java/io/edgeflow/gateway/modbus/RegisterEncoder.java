package io.edgeflow.gateway.modbus;

import java.util.List;

/** Turns numbers into registers, as {@link RegisterDecoder} turns them back. Pure. */
public final class RegisterEncoder {
  private static final double TWO_63 = 0x1p63;

  private RegisterEncoder() {}

  /**
   * The registers of a raw number, without scale.
   *
   * @throws IllegalArgumentException if the type cannot hold exactly this number
   */
  public static List<Integer> encode(double number, RegisterType type, RegisterOrder order) {
    long bits = bits(number, type);
    int count = type.registers();
    Integer[] registers = new Integer[count];
    for (int i = count - 1; i >= 0; i--) {
      registers[order.index(i, count)] = order.bytes((int) (bits & 0xFFFF));
      bits >>>= 16;
    }
    return List.of(registers);
  }

  private static long bits(double number, RegisterType type) {
    return switch (type) {
      case BOOL -> whole(number, 0, 1);
      case BIT, STRING -> throw new IllegalArgumentException("a " + type + " cannot be written");
      case INT16 -> whole(number, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> whole(number, 0, 0xFFFF);
      case INT32 -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT32 -> whole(number, 0, 0xFFFF_FFFFL);
      // No double lies between the greatest below a power of two and the power.
      case INT64 -> whole(number, -TWO_63, Math.nextDown(TWO_63));
      case UINT64 -> {
        double half = number < TWO_63 ? 0 : TWO_63;
        yield whole(number, 0, Math.nextDown(2 * TWO_63), half) ^ (half == 0 ? 0 : Long.MIN_VALUE);
      }
      case FLOAT32 -> Float.floatToIntBits(single(number));
      case FLOAT64 -> Double.doubleToLongBits(finite(number));
    };
  }

  private static long whole(double number, double least, double most) {
    return whole(number, least, most, 0);
  }

  /**
   * @param less what the result is to be less by
   */
  private static long whole(double number, double least, double most, double less) {
    if (number != Math.rint(number) || number < least || number > most) {
      throw new IllegalArgumentException(
          "must be a whole number from %.0f to %.0f, is %s".formatted(least, most, number));
    }
    return (long) (number - less);
  }

  private static float single(double number) {
    float single = (float) number;
    if (!Float.isFinite(single)) {
      throw new IllegalArgumentException("is too large for a float32: " + number);
    }
    return single;
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("is no number for a float64: " + number);
    }
    return number;
  }
}
