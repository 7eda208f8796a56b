package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

final class UnitPlanTest {
  private static final int ANSWERS = 0;

  @Test
  void takesWhatIsNotRefusedAsItIs() {
    UnitPlan plan = UnitPlan.of(holding(0, 1, 2), PlanLimits.USUAL);

    assertEquals(1, plan.blocks().size());
    assertSame(plan, plan.refused(plan.blocks().getFirst(), 4), "4 says nothing of the block");
  }

  @Test
  void asksAroundAGapFirst() {
    UnitPlan plan = UnitPlan.of(holding(0, 1, 5, 6), PlanLimits.USUAL);

    UnitPlan taught = plan.refused(plan.blocks().getFirst(), UnitPlan.ILLEGAL_ADDRESS);

    assertEquals(List.of("0+2", "5+2"), words(taught));
  }

  @Test
  void shortensAllBlocksOfAUnitThatRefusesLongOnes() {
    UnitPlan plan = UnitPlan.of(row(200), PlanLimits.USUAL);

    UnitPlan taught = settled(plan, block -> block.count() > 40 ? UnitPlan.ILLEGAL_VALUE : ANSWERS);

    assertTrue(taught.absent().isEmpty());
    assertEquals(31, taught.limits().registers());
    assertEquals(7, taught.blocks().size());
  }

  @Test
  void leavesOutTheOneRegisterThatIsNotThereAndJoinsTheOthersAgain() {
    UnitPlan plan = UnitPlan.of(row(100), PlanLimits.USUAL);

    UnitPlan taught = settled(plan, refusing(Set.of(37)));

    assertEquals(Set.of(row(100).get(37)), taught.absent());
    assertEquals(List.of("0+37", "38+62"), words(taught));
  }

  @Test
  void asksForWhatWasAbsentAgainAndTakesItBackIfItIsThere() {
    UnitPlan taught = settled(UnitPlan.of(row(100), PlanLimits.USUAL), refusing(Set.of(37)));

    UnitPlan again = taught.again();

    assertTrue(again.absent().isEmpty());
    assertTrue(words(again).contains("37+1"), () -> "by itself: " + words(again));
    assertEquals(taught.absent(), settled(again, refusing(Set.of(37))).absent());
    assertTrue(settled(again, refusing(Set.of())).absent().isEmpty());
  }

  /** A bit within a float64 that is refused: they are asked apart, whatever the code. */
  @Test
  void readsWhatLiesWithinAPointThatIsTooLong() {
    RegisterPoint wide = point(0, true, 0);
    RegisterPoint within = point(1, false, 1);
    UnitPlan plan = UnitPlan.of(List.of(wide, within), PlanLimits.USUAL);

    UnitPlan taught = settled(plan, block -> block.count() > 2 ? UnitPlan.ILLEGAL_VALUE : ANSWERS);

    assertEquals(Set.of(wide), taught.absent());
    assertEquals(List.of("1+1"), words(taught));
  }

  @Test
  void comesToRestWithEveryReadablePointReadWhateverAUnitRefuses() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<RegisterPoint> points = scattered(random);
      Set<Integer> gone = new HashSet<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        gone.add(random.nextInt(300));
      }
      int most = 4 + random.nextInt(122);
      int code = random.nextBoolean() ? UnitPlan.ILLEGAL_ADDRESS : UnitPlan.ILLEGAL_VALUE;
      ToIntFunction<RegisterBlock> unit =
          block -> block.count() > most ? code : refusing(gone).applyAsInt(block);

      UnitPlan plan = settled(UnitPlan.of(points, PlanLimits.USUAL), unit);

      Set<RegisterPoint> read = new HashSet<>();
      plan.blocks().forEach(block -> read.addAll(block.points()));
      Set<RegisterPoint> readable = new HashSet<>(points);
      readable.removeIf(p -> gone.stream().anyMatch(at -> at >= p.address() && at < p.end()));
      assertEquals(readable, read, "seed " + seed + " round " + round);
    }
  }

  /** Asks until nothing is refused any more. */
  private static UnitPlan settled(UnitPlan plan, ToIntFunction<RegisterBlock> unit) {
    for (int poll = 0; poll < 400; poll++) {
      UnitPlan before = plan;
      for (RegisterBlock block : before.blocks()) {
        int code = unit.applyAsInt(block);
        plan = code == ANSWERS ? plan : plan.refused(block, code);
      }
      if (plan == before) {
        return plan;
      }
    }
    throw new AssertionError("never comes to rest: " + words(plan));
  }

  private static ToIntFunction<RegisterBlock> refusing(Set<Integer> gone) {
    return block ->
        gone.stream().anyMatch(at -> at >= block.start() && at < block.start() + block.count())
            ? UnitPlan.ILLEGAL_ADDRESS
            : ANSWERS;
  }

  private static List<String> words(UnitPlan plan) {
    return plan.blocks().stream().map(b -> b.start() + "+" + b.count()).toList();
  }

  private static List<RegisterPoint> row(int count) {
    int[] addresses = new int[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = i;
    }
    return holding(addresses);
  }

  private static List<RegisterPoint> scattered(Random random) {
    List<RegisterPoint> points = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      points.add(point(random.nextInt(290), random.nextBoolean(), i));
    }
    return points;
  }

  private static List<RegisterPoint> holding(int... addresses) {
    List<RegisterPoint> points = new ArrayList<>();
    for (int address : addresses) {
      points.add(point(address, false, 0));
    }
    return points;
  }

  private static RegisterPoint point(int address, boolean wide, int number) {
    RegisterType type = wide ? RegisterType.FLOAT64 : RegisterType.UINT16;
    String series = "plc/" + address + "-" + number;
    return new RegisterPoint(
        series, RegisterTable.HOLDING, address, type, RegisterOrder.ABCD, 1, 0);
  }
}
