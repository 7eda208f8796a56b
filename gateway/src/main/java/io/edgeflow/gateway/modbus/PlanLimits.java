package io.edgeflow.gateway.modbus;

import java.util.List;

/**
 * What one request to a unit may ask for.
 *
 * @param registers the most registers, 1..125
 * @param bits the most bits, 1..2000
 * @param gap the most unasked registers (or 16 times as many bits) that are read along between two
 *     points rather than asked around, 0 or more
 * @param onePerPoint each point gets a request of its own
 * @param avoided what is never read along
 */
public record PlanLimits(
    int registers, int bits, int gap, boolean onePerPoint, List<Span> avoided) {
  /** Kept small: some devices refuse a whole block for one register that they do not have. */
  public static final int DEFAULT_GAP = 8;

  private static final int BITS = 16;

  /** What the protocol allows. */
  public static final PlanLimits USUAL =
      new PlanLimits(
          RegisterBlock.MAX_REGISTERS, RegisterBlock.MAX_BITS, DEFAULT_GAP, false, List.of());

  /**
   * Addresses of a table.
   *
   * @param from the first
   * @param to the last, included
   */
  public record Span(RegisterTable table, int from, int to) {
    public Span {
      if (from < 0 || to < from || to >= RegisterPoint.ADDRESS_END) {
        throw new IllegalArgumentException("no addresses from " + from + " to " + to);
      }
    }

    /** Whether one of these addresses lies from one to another, that one not included. */
    boolean meets(RegisterTable other, int start, int end) {
      return table == other && from < end && start <= to;
    }
  }

  public PlanLimits {
    avoided = List.copyOf(avoided);
    if (registers < 1
        || registers > RegisterBlock.MAX_REGISTERS
        || bits < 1
        || bits > RegisterBlock.MAX_BITS
        || gap < 0) {
      throw new IllegalArgumentException(
          "no plan of %d registers, %d bits, gap %d".formatted(registers, bits, gap));
    }
  }

  int most(RegisterTable table) {
    return table.bits() ? bits : registers;
  }

  /** The same with that many registers or bits at most. */
  PlanLimits within(RegisterTable table, int most) {
    return table.bits()
        ? new PlanLimits(registers, most, gap, onePerPoint, avoided)
        : new PlanLimits(most, bits, gap, onePerPoint, avoided);
  }

  /** Whether what lies between two points may be read along. */
  boolean bridges(RegisterTable table, int end, int next) {
    int longest = table.bits() ? gap * BITS : gap;
    return next <= end
        || (next - end <= longest
            && avoided.stream().noneMatch(span -> span.meets(table, end, next)));
  }
}
