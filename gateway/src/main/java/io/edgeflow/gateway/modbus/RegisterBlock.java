package io.edgeflow.gateway.modbus;

import java.util.List;

/**
 * Neighbouring registers that one request reads.
 *
 * @param start address of the first register
 * @param count registers to read, 1..125
 * @param points what lies in them, by address
 */
public record RegisterBlock(RegisterTable table, int start, int count, List<RegisterPoint> points) {
  /** What fits into one answer of the protocol. */
  public static final int MAX_REGISTERS = 125;

  public RegisterBlock {
    points = List.copyOf(points);
    if (start < 0
        || count < 1
        || count > MAX_REGISTERS
        || start + count > RegisterPoint.ADDRESS_END) {
      throw new IllegalArgumentException("no block of " + count + " registers from " + start);
    }
  }
}
