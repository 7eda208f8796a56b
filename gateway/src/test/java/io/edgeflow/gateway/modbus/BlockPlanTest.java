package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlockPlanTest {
  @Test
  void readsNeighboursTogetherAndBridgesASmallGap() {
    var plan = BlockPlan.of(List.of(holding(14), holding(0), holding(4)), gap(9));

    assertEquals(1, plan.size());
    assertEquals(0, plan.getFirst().start());
    assertEquals(15, plan.getFirst().count());
  }

  @Test
  void splitsAtAGapTooWideToBridge() {
    assertEquals(2, BlockPlan.of(List.of(holding(0), holding(10)), gap(8)).size());
    assertEquals(1, BlockPlan.of(List.of(holding(0), holding(10)), gap(9)).size());
  }

  @Test
  void keepsTablesApart() {
    var input = point(RegisterTable.INPUT, 1, RegisterType.UINT16);

    assertEquals(2, BlockPlan.of(List.of(holding(0), input)).size());
  }

  @Test
  void fillsABlockToTheLastRegisterAndNeverSplitsAPoint() {
    List<RegisterPoint> points = new ArrayList<>();
    for (int address = 0; address < 124; address++) {
      points.add(holding(address));
    }
    points.add(point(RegisterTable.HOLDING, 124, RegisterType.INT32));

    var plan = BlockPlan.of(points);

    assertEquals(List.of(124, 2), plan.stream().map(RegisterBlock::count).toList());
    assertEquals(124, plan.get(1).start());
  }

  @Test
  void reachesTheLastAddress() {
    var plan = BlockPlan.of(List.of(point(RegisterTable.INPUT, 65_534, RegisterType.FLOAT32)));

    assertEquals(65_536, plan.getFirst().start() + plan.getFirst().count());
  }

  @Test
  void noBlockBeginsBehindTheLastAddress() {
    for (int start : new int[] {-1, 65_529, 65_536, Integer.MAX_VALUE}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new RegisterBlock(RegisterTable.HOLDING, start, 8, List.of()),
          () -> "from " + start);
    }
  }

  @Test
  void coversEveryPointWithTheFewestBlocks() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int gap = random.nextInt(12);
      List<RegisterPoint> points = randomPoints(random);
      List<RegisterBlock> plan = BlockPlan.of(points, gap(gap));

      String facts = "seed " + seed + " round " + round + " gap " + gap + ": " + plan;
      assertEquals(fewest(points, gap), plan.size(), facts);
      var covered = new HashSet<RegisterPoint>();
      for (RegisterBlock block : plan) {
        covered.addAll(block.points());
        assertTrue(block.points().stream().allMatch(p -> inside(p, block)), facts);
      }
      assertEquals(new HashSet<>(points), covered, facts);
    }
  }

  private static boolean inside(RegisterPoint point, RegisterBlock block) {
    return point.table() == block.table()
        && point.address() >= block.start()
        && point.end() <= block.start() + block.count();
  }

  /** By trying every way to cut the sorted points, from the last one backwards. */
  private static int fewest(List<RegisterPoint> points, int gap) {
    int total = 0;
    for (RegisterTable table : RegisterTable.values()) {
      List<RegisterPoint> sorted =
          points.stream()
              .filter(p -> p.table() == table)
              .sorted(
                  Comparator.comparingInt(RegisterPoint::address)
                      .thenComparingInt(RegisterPoint::end))
              .toList();
      int[] best = new int[sorted.size() + 1];
      for (int from = sorted.size() - 1; from >= 0; from--) {
        best[from] = Integer.MAX_VALUE;
        int end = sorted.get(from).address();
        for (int to = from; to < sorted.size(); to++) {
          RegisterPoint next = sorted.get(to);
          if (next.address() - end > gap || next.end() - sorted.get(from).address() > 125) {
            break;
          }
          end = Math.max(end, next.end());
          best[from] = Math.min(best[from], 1 + best[to + 1]);
        }
      }
      total += best[0];
    }
    return total;
  }

  private static List<RegisterPoint> randomPoints(Random random) {
    List<RegisterPoint> points = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      RegisterTable table = random.nextBoolean() ? RegisterTable.HOLDING : RegisterTable.INPUT;
      RegisterType type = random.nextBoolean() ? RegisterType.INT32 : RegisterType.INT16;
      points.add(point(table, random.nextInt(600), type));
    }
    return points;
  }

  private static PlanLimits gap(int gap) {
    return new PlanLimits(125, 2_000, gap, false, List.of());
  }

  private static RegisterPoint holding(int address) {
    return point(RegisterTable.HOLDING, address, RegisterType.UINT16);
  }

  private static RegisterPoint point(RegisterTable table, int address, RegisterType type) {
    String series = "plc/" + table + address + type;
    return new RegisterPoint(series, table, address, type, RegisterOrder.ABCD, 1, 0);
  }
}
