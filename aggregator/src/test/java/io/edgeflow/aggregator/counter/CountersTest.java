package io.edgeflow.aggregator.counter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.snapshot.Pieces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** From what a counter shows to its running total (W4). */
final class CountersTest {
  private static final CounterRule BITS16 = new CounterRule(65_536);
  private static final int SERIES = 3;

  private Counters counters = new Counters();
  private Step step = Step.ON;

  private double total(long time, double raw, CounterRule rule) {
    step = counters.judge(SERIES, time, raw, rule);
    double offset = counters.offset();
    counters.accept(SERIES, time, raw, offset);
    return raw + offset;
  }

  @Test
  void goesOnOverARollOver() {
    assertEquals(65_530, total(1, 65_530, BITS16));
    assertEquals(65_541, total(2, 5, BITS16));
    assertEquals(Step.ROLLED_OVER, step);
    assertEquals(65_546, total(3, 10, BITS16));
    assertEquals(Step.ON, step);
  }

  @Test
  void countsFromZeroAfterAReset() {
    assertEquals(1_000, total(1, 1_000, BITS16));
    assertEquals(1_003, total(2, 3, BITS16));
    assertEquals(Step.RESET, step);
    assertEquals(1_003, total(3, 3, BITS16));
  }

  @Test
  void takesEveryFallForAResetWhereTheTopIsNotKnown() {
    total(1, 65_530, CounterRule.NO_ROLL_OVER);
    assertEquals(65_535, total(2, 5, CounterRule.NO_ROLL_OVER));
    assertEquals(Step.RESET, step);
  }

  @Test
  void takesALongWayOverTheTopForAReset() {
    total(1, 49_153, BITS16);
    assertEquals(65_536, total(2, 0, BITS16), "one less than a quarter");
    counters = new Counters();
    total(1, 49_152, BITS16);
    assertEquals(49_152, total(2, 0, BITS16), "a quarter");
    assertEquals(Step.RESET, step);
  }

  @Test
  void knowsThatAValueAboveTheTopWasOfAnotherRange() {
    total(1, 70_000, BITS16);
    assertEquals(70_001, total(2, 1, BITS16));
    assertEquals(Step.RESET, step);
  }

  @Test
  void addsToALateReadingWhatWasInForceAtItsTime() {
    total(10, 65_000, BITS16);
    total(20, 100, BITS16);
    total(30, 900, BITS16);
    total(40, 3, BITS16);
    assertEquals(64_000, total(5, 64_000, BITS16));
    assertEquals(Step.LATE, step);
    assertEquals(65_536 + 200, total(25, 200, BITS16));
    assertEquals(65_536 + 900 + 4, total(50, 4, BITS16));
  }

  /** Between the two readings that showed the fall, the value says on which side it belongs. */
  @Test
  void findsTheSideOfALateReadingBesideTheFall() {
    total(10, 65_000, BITS16);
    total(40, 100, BITS16);
    assertEquals(65_500, total(20, 65_500, BITS16), "before");
    assertEquals(65_536 + 50, total(30, 50, BITS16), "behind");
    assertEquals(65_536 + 101, total(50, 101, BITS16));
  }

  @Test
  void isNotResetByAnotherValueOfTheSameTime() {
    total(1, 500, BITS16);
    assertEquals(400, total(1, 400, BITS16));
    assertEquals(600, total(1, 600, BITS16));
    assertEquals(601, total(2, 601, BITS16));
    assertEquals(Step.ON, step);
  }

  @Test
  void remembersSixteenChangesAndSaysWhatIsOlder() {
    for (int i = 0; i <= 17; i++) {
      total(10L * i, i % 2 == 0 ? 100 : 7, CounterRule.NO_ROLL_OVER);
      total(10L * i + 5, i % 2 == 0 ? 100 : 8, CounterRule.NO_ROLL_OVER);
      total(10L * i + 6, 0, CounterRule.NO_ROLL_OVER);
    }
    total(1, 50, CounterRule.NO_ROLL_OVER);
    assertEquals(Step.TOO_LATE, step);
    total(172, 0, CounterRule.NO_ROLL_OVER);
    assertEquals(Step.LATE, step);
  }

  @Test
  void forgetsASeriesThatIsNoCounterAnyMore() {
    total(1, 500, BITS16);
    total(2, 5, BITS16);
    assertEquals(1, counters.changes());
    counters.forget(SERIES);
    assertEquals(0, counters.size());
    assertEquals(0, counters.changes());
    assertEquals(7, total(3, 7, BITS16));
  }

  @Test
  void refusesATopThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new CounterRule(0));
    assertThrows(IllegalArgumentException.class, () -> new CounterRule(Double.POSITIVE_INFINITY));
  }

  /** Held against what was really counted. */
  @Test
  void addsUpToWhatPassedOverRollOversOfEveryWidthAndResets() {
    Seeded.run(300, random -> addsUp(random, List.of(16, 32, 53).get(random.nextInt(3))));
  }

  private static void addsUp(RandomGenerator random, int bits) {
    long top = 1L << bits;
    var rule = new CounterRule(top);
    Counters counters = new Counters();
    long shown = random.nextLong(top);
    double truth = shown;
    double last = -1;
    counters.accept(SERIES, -1, (double) shown, 0);
    for (int i = 0; i < 200 && truth < 1L << 52; i++) {
      long raw;
      if (random.nextInt(20) == 0 && shown < top * 3 / 4) {
        // Set to zero at a place where nobody takes it for a roll-over.
        raw = random.nextLong(shown + 1);
        truth += raw < shown ? raw : 0;
      } else {
        long stepOn = random.nextLong(top / 4);
        raw = (shown + stepOn) % top;
        truth += stepOn;
      }
      counters.judge(SERIES, i, (double) raw, rule);
      double total = raw + counters.offset();
      counters.accept(SERIES, i, (double) raw, counters.offset());
      assertEquals(truth, total, "reading " + i);
      assertTrue(total >= last);
      last = total;
      shown = raw;
    }
  }

  /** Of 64 bits a double holds 53: the total never falls, and is as exact as its values. */
  @Test
  void neverFallsWhereValuesAreRounded() {
    double top = Math.scalb(1.0, 64);
    assertEquals(top - 4096, total(1, top - 4096, new CounterRule(top)));
    assertEquals(top, total(2, 5, new CounterRule(top)), 4096);
    assertTrue(total(3, 1e6, new CounterRule(top)) >= top);
  }

  /** In any order of arrival, with snapshots in between. */
  @Test
  void agreesWithACounterThatRemembersEverything() {
    Seeded.run(500, CountersTest::agrees);
  }

  private static void agrees(RandomGenerator random) {
    double top = random.nextBoolean() ? 1_000 : Double.NaN;
    CounterRule rule = new CounterRule(top);
    Counters counters = new Counters();
    NaiveCounter naive = new NaiveCounter(top);
    for (long[] reading : arrivals(random)) {
      if (counters.changes() == CounterTrack.MOST_CHANGES) {
        return;
      }
      long time = reading[0];
      double raw = (double) reading[1];
      counters.judge(SERIES, time, raw, rule);
      double offset = counters.offset();
      counters.accept(SERIES, time, raw, offset);
      assertEquals(naive.total(time, raw), raw + offset, "the one of " + time);
      if (random.nextInt(5) == 0) {
        counters = restored(counters);
      }
    }
  }

  /** Time and value, each time once, some of them late. */
  private static List<long[]> arrivals(RandomGenerator random) {
    List<long[]> arrivals = new ArrayList<>();
    Set<Long> times = new HashSet<>();
    long now = 100;
    long shown = 0;
    for (int i = 0; i < 60; i++) {
      now += 1 + random.nextInt(5);
      shown = random.nextInt(12) == 0 ? random.nextInt(50) : (shown + random.nextInt(60)) % 1_000;
      if (times.add(now)) {
        int late = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
        arrivals.add(Math.max(0, arrivals.size() - late), new long[] {now, shown});
      }
    }
    return arrivals;
  }

  private static Counters restored(Counters counters) {
    Pieces once = new Pieces();
    counters.snapshot(once);
    Counters back = Counters.restore(once.toBytes());
    Pieces again = new Pieces();
    back.snapshot(again);
    assertArrayEquals(once.toBytes(), again.toBytes());
    assertEquals(counters.size(), back.size());
    assertEquals(counters.changes(), back.changes());
    return back;
  }
}
