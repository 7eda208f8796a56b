package io.edgeflow.gateway.modbus;

import java.util.List;

/** Turns numbers into registers, as {@link RegisterDecoder} turns them back. Pure. */
public final class RegisterEncoder {
  private RegisterEncoder() {}

  /**
   * The registers of a raw number, without scale.
   *
   * @throws IllegalArgumentException if the type cannot hold exactly this number
   */
  public static List<Integer> encode(double number, RegisterType type, WordOrder order) {
    return switch (type) {
      case INT16 -> List.of((int) whole(number, Short.MIN_VALUE, Short.MAX_VALUE) & 0xFFFF);
      case UINT16 -> List.of((int) whole(number, 0, 0xFFFF));
      case INT32 -> words((int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE), order);
      case UINT32 -> words((int) whole(number, 0, 0xFFFF_FFFFL), order);
      case FLOAT32 -> words(Float.floatToIntBits(single(number)), order);
    };
  }

  private static long whole(double number, long least, long most) {
    if (number != Math.rint(number) || number < least || number > most) {
      throw new IllegalArgumentException(
          "must be a whole number from " + least + " to " + most + ", is " + number);
    }
    return (long) number;
  }

  private static float single(double number) {
    float single = (float) number;
    if (!Float.isFinite(single)) {
      throw new IllegalArgumentException("is too large for a float32: " + number);
    }
    return single;
  }

  private static List<Integer> words(int bits, WordOrder order) {
    int high = bits >>> 16;
    int low = bits & 0xFFFF;
    return switch (order) {
      case BIG_ENDIAN -> List.of(high, low);
      case WORD_SWAPPED -> List.of(low, high);
    };
  }
}
