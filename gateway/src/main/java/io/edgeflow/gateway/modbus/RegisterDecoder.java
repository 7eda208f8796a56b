package io.edgeflow.gateway.modbus;

/** Turns registers into numbers. Pure. */
public final class RegisterDecoder {
  private RegisterDecoder() {}

  /**
   * The value of a point in its unit. NaN or infinite if the device sent such a float, or if the
   * scale carried the number out of range: a fault, not a reading.
   *
   * @param registers the answer to {@code block}, of the block's length
   */
  public static double decode(RegisterPoint point, RegisterBlock block, Registers registers) {
    int index = point.address() - block.start();
    double raw =
        switch (point.type()) {
          case INT16 -> (short) registers.at(index);
          case UINT16 -> registers.at(index);
          case INT32 -> bits(point, registers, index);
          case UINT32 -> Integer.toUnsignedLong(bits(point, registers, index));
          case FLOAT32 -> Float.intBitsToFloat(bits(point, registers, index));
        };
    return raw * point.scale() + point.offset();
  }

  private static int bits(RegisterPoint point, Registers registers, int index) {
    int first = registers.at(index);
    int second = registers.at(index + 1);
    return switch (point.order()) {
      case BIG_ENDIAN -> first << 16 | second;
      case WORD_SWAPPED -> second << 16 | first;
    };
  }
}
