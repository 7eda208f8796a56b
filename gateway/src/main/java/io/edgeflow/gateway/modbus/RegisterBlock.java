package io.edgeflow.gateway.modbus;

import java.util.List;
import java.util.Locale;

/**
 * Neighbouring registers or bits that one request reads.
 *
 * @param start address of the first one
 * @param count how many to read, 1..125 registers or 1..2000 bits
 * @param points what lies in them, by address
 */
public record RegisterBlock(RegisterTable table, int start, int count, List<RegisterPoint> points) {
  /** What fits into one answer of the protocol. */
  public static final int MAX_REGISTERS = 125;

  public static final int MAX_BITS = 2_000;

  public RegisterBlock {
    points = List.copyOf(points);
    if (start < 0
        || count < 1
        || count > table.most()
        || start > RegisterPoint.ADDRESS_END - count) {
      throw new IllegalArgumentException(
          "no block of " + count + " of " + table + " from " + start);
    }
  }

  /** How it is told to people: {@code holding 100 to 109}. */
  public String words() {
    return table.name().toLowerCase(Locale.ROOT) + " " + start + " to " + (start + count - 1);
  }
}
