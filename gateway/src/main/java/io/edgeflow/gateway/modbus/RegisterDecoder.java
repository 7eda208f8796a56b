package io.edgeflow.gateway.modbus;

import java.nio.charset.StandardCharsets;

/** Turns registers into numbers and texts. Pure. */
public final class RegisterDecoder {
  private RegisterDecoder() {}

  /**
   * The value of a point in its unit. NaN or infinite if the device sent such a float, or if the
   * scale carried the number out of range: a fault, not a reading.
   *
   * @param registers the answer to {@code block}, of the block's length
   */
  public static double decode(RegisterPoint point, RegisterBlock block, Registers registers) {
    long bits = bits(point, registers, point.address() - block.start());
    double raw =
        switch (point.type()) {
          case BOOL -> bits == 0 ? 0 : 1;
          case BIT -> bits >> point.part() & 1;
          case INT16 -> (short) bits;
          case UINT16, UINT32, INT64 -> bits;
          case INT32 -> (int) bits;
          case UINT64 -> unsigned(bits);
          case FLOAT32 -> Float.intBitsToFloat((int) bits);
          case FLOAT64 -> Double.longBitsToDouble(bits);
          case STRING -> Double.NaN;
        };
    return raw * point.scale() + point.offset();
  }

  /** The text of a point of that type, without what pads it. */
  public static String text(RegisterPoint point, RegisterBlock block, Registers registers) {
    int count = point.registers();
    byte[] bytes = new byte[2 * count];
    int index = point.address() - block.start();
    for (int i = 0; i < count; i++) {
      RegisterOrder order = point.order();
      int register = order.bytes(registers.at(index + order.index(i, count)));
      bytes[2 * i] = (byte) (register >> 8);
      bytes[2 * i + 1] = (byte) register;
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
  }

  private static long bits(RegisterPoint point, Registers registers, int index) {
    RegisterOrder order = point.order();
    int count = point.type().registers();
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = bits << 16 | order.bytes(registers.at(index + order.index(i, count)));
    }
    return bits;
  }

  /** Half of it, with a bit that says what rounding must know, doubled. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1 | (bits & 1)) * 2.0;
  }
}
