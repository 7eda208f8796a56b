package io.edgeflow.gateway.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Groups points into the fewest blocks: a request costs a round trip, a register two bytes. Pure.
 *
 * <p>Points are taken by address and a block grows as long as it may, which is optimal because a
 * block that ends earlier never spares a later one. A point is never split over two blocks.
 */
public final class BlockPlan {
  /**
   * Registers that nobody asked for and that are read along rather than asked twice. Kept small:
   * some devices refuse a whole block for one register that they do not have.
   */
  public static final int DEFAULT_GAP = 8;

  private static final Comparator<RegisterPoint> BY_ADDRESS =
      Comparator.comparing(RegisterPoint::table)
          .thenComparingInt(RegisterPoint::address)
          .thenComparingInt(RegisterPoint::end);

  private BlockPlan() {}

  public static List<RegisterBlock> of(List<RegisterPoint> points) {
    return of(points, DEFAULT_GAP);
  }

  /**
   * @param gap the most unasked registers between two points of a block, 0 or more
   */
  public static List<RegisterBlock> of(List<RegisterPoint> points, int gap) {
    List<RegisterBlock> blocks = new ArrayList<>();
    List<RegisterPoint> group = new ArrayList<>();
    int end = 0;
    for (RegisterPoint point : points.stream().sorted(BY_ADDRESS).toList()) {
      if (!group.isEmpty() && !joins(group.getFirst(), end, point, gap)) {
        blocks.add(block(group, end));
        group.clear();
      }
      end = group.isEmpty() ? point.end() : Math.max(end, point.end());
      group.add(point);
    }
    if (!group.isEmpty()) {
      blocks.add(block(group, end));
    }
    return List.copyOf(blocks);
  }

  private static boolean joins(RegisterPoint first, int end, RegisterPoint next, int gap) {
    return next.table() == first.table()
        && next.address() - end <= gap
        && next.end() - first.address() <= RegisterBlock.MAX_REGISTERS;
  }

  private static RegisterBlock block(List<RegisterPoint> group, int end) {
    RegisterPoint first = group.getFirst();
    return new RegisterBlock(first.table(), first.address(), end - first.address(), group);
  }
}
