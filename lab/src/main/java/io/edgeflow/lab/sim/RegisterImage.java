package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.WordOrder;
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
    int bits = bits(point, micros);
    int registers = point.at().type().registers();
    for (int i = 0; i < registers; i++) {
      int index = point.at().address() + i - address;
      if (index >= 0 && index < quantity) {
        boolean high = registers == 2 && (i == 0) == (point.at().order() == WordOrder.BIG_ENDIAN);
        bytes.putShort(2 * index, (short) (high ? bits >> 16 : bits));
      }
    }
  }

  private static int bits(SlavePoint point, long micros) {
    RegisterPoint at = point.at();
    double raw = (point.signal().at(micros) - at.offset()) / at.scale();
    return switch (at.type()) {
      case FLOAT32 -> Float.floatToIntBits((float) raw);
      case INT16, UINT16, INT32, UINT32 -> (int) Math.round(raw);
    };
  }
}
