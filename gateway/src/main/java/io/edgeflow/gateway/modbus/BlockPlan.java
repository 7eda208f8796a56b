package io.edgeflow.gateway.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Groups points into the fewest blocks: a request costs a round trip, a register two bytes. Pure.
 *
 * <p>Points are taken by address and a block grows as long as it may, which is optimal because a
 * block that ends earlier never spares a later one. A point is never split over two blocks.
 */
public final class BlockPlan {
  private static final Comparator<RegisterPoint> BY_ADDRESS =
      Comparator.comparing(RegisterPoint::table)
          .thenComparingInt(RegisterPoint::address)
          .thenComparingInt(RegisterPoint::end)
          .thenComparing(RegisterPoint::series);

  private BlockPlan() {}

  public static List<RegisterBlock> of(List<RegisterPoint> points) {
    return of(points, PlanLimits.USUAL);
  }

  public static List<RegisterBlock> of(List<RegisterPoint> points, PlanLimits limits) {
    return of(points, limits, Set.of());
  }

  /**
   * @param first points that begin a block whatever lies before them
   */
  static List<RegisterBlock> of(
      List<RegisterPoint> points, PlanLimits limits, Set<RegisterPoint> first) {
    List<RegisterBlock> blocks = new ArrayList<>();
    List<RegisterPoint> group = new ArrayList<>();
    int end = 0;
    for (RegisterPoint point : points.stream().sorted(BY_ADDRESS).toList()) {
      if (!group.isEmpty() && !joins(group.getFirst(), end, point, limits, first)) {
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

  private static boolean joins(
      RegisterPoint first,
      int end,
      RegisterPoint next,
      PlanLimits limits,
      Set<RegisterPoint> cuts) {
    if (next.table() != first.table() || cuts.contains(next)) {
      return false;
    }
    // What lies in registers that are read anyway costs nothing: bits of one register, say.
    boolean inside = next.end() <= end;
    return inside
        || (!limits.onePerPoint()
            && limits.bridges(next.table(), end, next.address())
            && next.end() - first.address() <= limits.most(next.table()));
  }

  private static RegisterBlock block(List<RegisterPoint> group, int end) {
    RegisterPoint first = group.getFirst();
    return new RegisterBlock(first.table(), first.address(), end - first.address(), group);
  }
}
