package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import java.nio.ByteBuffer;
import java.util.List;

/** What a slave's registers hold at a moment. Pure. */
final class RegisterImage {
  private RegisterImage() {}

  /**
   * The bytes of a stretch of registers; those that hold no point are 0.
   *
   * @param points of one unit
   */
  static byte[] of(
      List<SlavePoint> points, RegisterTable table, int address, int quantity, long micros) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * quantity);
    for (SlavePoint point : points) {
      if (point.at().table() == table) {
        put(bytes, point, address, quantity, micros);
      }
    }
    return bytes.array();
  }

  private static void put(
      ByteBuffer bytes, SlavePoint point, int address, int quantity, long micros) {
    long bits = bits(point, micros);
    int registers = point.at().type().registers();
    RegisterOrder order = point.at().order();
    for (int i = 0; i < registers; i++) {
      int index = point.at().address() + i - address;
      if (index >= 0 && index < quantity) {
        int less = registers - 1 - order.index(i, registers);
        int register = (int) (bits >>> (16 * less)) & 0xFFFF;
        bytes.putShort(2 * index, (short) order.bytes(register));
      }
    }
  }

  private static long bits(SlavePoint point, long micros) {
    RegisterPoint at = point.at();
    double raw = (point.signal().at(micros) - at.offset()) / at.scale();
    return switch (at.type()) {
      case FLOAT32 -> Float.floatToIntBits((float) raw);
      case FLOAT64 -> Double.doubleToLongBits(raw);
      case BOOL, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> Math.round(raw);
      case BIT, STRING -> throw new IllegalStateException("no signal is like " + at);
    };
  }
}
