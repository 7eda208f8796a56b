package io.edgeflow.wire.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RangeSetTest {
  private static final int MOST = 80;

  @Test
  void behavesAsASetOfNumbersWould() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      RangeSet set = new RangeSet();
      BitSet model = new BitSet();
      for (int step = 0; step < 30; step++) {
        int from = 1 + random.nextInt(MOST);
        int to = from + random.nextInt(12);
        if (random.nextInt(3) == 0) {
          set.remove(from, to);
          model.clear(from, to + 1);
        } else {
          set.add(from, to);
          model.set(from, to + 1);
        }
        compare(model, set);
        assertEquals(model.nextClearBit(from) > to, set.contains(from, to), () -> "seed " + seed);
        BitSet common = (BitSet) model.clone();
        common.clear(0, from);
        common.clear(to + 1, MOST * 2);
        compare(common, set.intersection(from, to));
      }
    }
  }

  @Test
  void neverLetsRangesTouch() {
    RangeSet set = RangeSet.of(1, 3);
    set.add(5, 9);
    set.add(4);
    assertEquals(List.of(new RangeSet.Range(1, 9)), set.ranges());
    assertEquals(9, set.prefix());
  }

  @Test
  void addsTheMembersOfAnother() {
    RangeSet set = RangeSet.of(1, 3);
    set.addAll(set);
    set.addAll(RangeSet.of(7, 8));
    assertEquals(5, set.size());
  }

  @Test
  void reachesAsFarAsNumbersDo() {
    long last = Long.MAX_VALUE - 1;
    RangeSet set = RangeSet.of(last, last);
    set.add(1);
    assertEquals(last, set.highest());
    assertEquals(List.of(new RangeSet.Range(2, last - 1)), set.complement(last).ranges());
    assertTrue(new RangeSet().complement(0).isEmpty());
  }

  @Test
  void refusesWhatIsNoRange() {
    RangeSet set = new RangeSet();
    assertThrows(IllegalArgumentException.class, () -> set.add(0));
    assertThrows(IllegalArgumentException.class, () -> set.add(3, 2));
    assertThrows(IllegalArgumentException.class, () -> set.add(1, Long.MAX_VALUE));
  }

  private static void compare(BitSet model, RangeSet set) {
    for (int number = 1; number < MOST * 2; number++) {
      assertEquals(model.get(number), set.contains(number));
    }
    assertEquals(model.cardinality(), set.size());
    assertEquals(Math.max(0, model.length() - 1), set.highest());
    assertEquals(model.nextClearBit(1) - 1, set.prefix());
    assertEquals(model.isEmpty(), set.isEmpty());
    BitSet missing = (BitSet) model.clone();
    missing.flip(1, MOST + 1);
    missing.clear(MOST + 1, MOST * 2);
    assertEquals(missing.cardinality(), set.complement(MOST).size());
  }
}
