package io.edgeflow.gateway.modbus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks of one unit, and what it taught about them by refusing some. Immutable, pure.
 *
 * <p>A block that is refused is first asked around its gaps, then in halves, until what is refused
 * is a single point: that one is left out, and the others come together again. "Illegal data value"
 * says that a block is too long, so it shortens all blocks.
 */
public final class UnitPlan {
  /** The protocol's "no such register". */
  static final int ILLEGAL_ADDRESS = 2;

  /** The protocol's "no such value", with which many say that they were asked for too much. */
  static final int ILLEGAL_VALUE = 3;

  private final List<RegisterPoint> points;
  private final PlanLimits configured;
  private final PlanLimits limits;

  /** Points that begin a block: behind gaps that cannot be read. */
  private final Set<RegisterPoint> around;

  /** Points that begin a block until it is known which one is refused. */
  private final Set<RegisterPoint> halves;

  /** Points that are asked once more, each by itself. */
  private final Set<RegisterPoint> doubtful;

  private final Set<RegisterPoint> absent;
  private final List<RegisterBlock> blocks;

  private UnitPlan(
      UnitPlan from,
      PlanLimits limits,
      Set<RegisterPoint> around,
      Set<RegisterPoint> halves,
      Set<RegisterPoint> doubtful,
      Set<RegisterPoint> absent) {
    this(from.points, from.configured, limits, around, halves, doubtful, absent);
  }

  private UnitPlan(
      List<RegisterPoint> points,
      PlanLimits configured,
      PlanLimits limits,
      Set<RegisterPoint> around,
      Set<RegisterPoint> halves,
      Set<RegisterPoint> doubtful,
      Set<RegisterPoint> absent) {
    this.points = points;
    this.configured = configured;
    this.limits = limits;
    this.around = Set.copyOf(around);
    this.halves = Set.copyOf(halves);
    this.doubtful = Set.copyOf(doubtful);
    this.absent = Set.copyOf(absent);
    List<RegisterPoint> there = points.stream().filter(point -> !absent.contains(point)).toList();
    this.blocks = BlockPlan.of(there, limits, union(around, halves));
  }

  public static UnitPlan of(List<RegisterPoint> points, PlanLimits limits) {
    Set<RegisterPoint> none = Set.of();
    return new UnitPlan(List.copyOf(points), limits, limits, none, none, none, none);
  }

  /** What is to be read, by table and address. */
  public List<RegisterBlock> blocks() {
    return blocks;
  }

  /** Points that the unit refused when it was asked for them alone. */
  public Set<RegisterPoint> absent() {
    return absent;
  }

  /** As configured, or what was learned since. */
  public PlanLimits limits() {
    return limits;
  }

  /**
   * The plan after the unit refused one of its blocks.
   *
   * @param block if it is of an earlier plan, nothing is learned from it
   * @param code the exception code; other than 2 and 3 say nothing about the block
   * @return this, if there is nothing to learn
   */
  public UnitPlan refused(RegisterBlock block, int code) {
    if ((code != ILLEGAL_ADDRESS && code != ILLEGAL_VALUE) || !blocks.contains(block)) {
      return this;
    }
    List<RegisterPoint> starts = behindGaps(block);
    if (!starts.isEmpty()) {
      return new UnitPlan(this, limits, union(around, starts), halves, doubtful, absent);
    }
    List<RegisterPoint> all = block.points();
    if (all.size() == 1) {
      return without(all.getFirst());
    }
    PlanLimits shorter = shorter(block);
    // Points within a long one are not parted by a limit below its length.
    boolean parts = shorter.most(block.table()) < limits.most(block.table());
    if (code == ILLEGAL_VALUE && block.count() > 1 && parts) {
      return new UnitPlan(this, shorter, around, halves, doubtful, absent);
    }
    RegisterPoint middle = all.get(all.size() / 2);
    return new UnitPlan(this, limits, around, union(halves, List.of(middle)), doubtful, absent);
  }

  /** Whatever was refused because of it comes together again. */
  private UnitPlan without(RegisterPoint point) {
    boolean news = !doubtful.contains(point);
    return new UnitPlan(
        this,
        news ? configured : limits,
        around,
        news ? Set.of() : halves,
        doubtful,
        union(absent, List.of(point)));
  }

  /** The same, with what is absent asked again, each by itself. */
  public UnitPlan again() {
    Set<RegisterPoint> alone = new HashSet<>(absent);
    for (RegisterPoint gone : absent) {
      points.stream()
          .filter(p -> p.table() == gone.table() && p.address() >= gone.end())
          .min(Comparator.comparingInt(RegisterPoint::address))
          .ifPresent(alone::add);
    }
    return new UnitPlan(this, limits, around, union(halves, alone), absent, Set.of());
  }

  private PlanLimits shorter(RegisterBlock block) {
    return limits.within(block.table(), Math.max(1, block.count() / 2));
  }

  /** The points before which the block holds what nobody asked for. */
  private static List<RegisterPoint> behindGaps(RegisterBlock block) {
    List<RegisterPoint> starts = new ArrayList<>();
    int end = block.start();
    for (RegisterPoint point : block.points()) {
      if (point.address() > end) {
        starts.add(point);
      }
      end = Math.max(end, point.end());
    }
    return starts;
  }

  private static Set<RegisterPoint> union(Set<RegisterPoint> some, Collection<RegisterPoint> more) {
    Set<RegisterPoint> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }
}
