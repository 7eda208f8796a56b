package io.edgeflow.aggregator.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** I1 and I2. */
final class RecentStampsTest {
  @Test
  void recognisesWhatWasAcceptedByStampAndValueBits() {
    RecentStamps stamps = new RecentStamps(4, 100);
    assertEquals(Verdict.FRESH, stamps.judge(0, 10, 1));
    stamps.remember(0, 10, 1);
    assertEquals(Verdict.DUPLICATE, stamps.judge(0, 10, 1));
    assertEquals(Verdict.CONFLICT, stamps.judge(0, 10, 2));
    assertEquals(Verdict.FRESH, stamps.judge(0, 9, 1));
    assertEquals(Verdict.FRESH, stamps.judge(1, 10, 1));
  }

  @Test
  void remembersEveryValueOfOneStamp() {
    RecentStamps stamps = new RecentStamps(8, 100);
    stamps.remember(0, 10, 1);
    stamps.remember(0, 10, 2);
    stamps.remember(0, 11, 3);
    assertEquals(Verdict.DUPLICATE, stamps.judge(0, 10, 1));
    assertEquals(Verdict.DUPLICATE, stamps.judge(0, 10, 2));
    assertEquals(Verdict.CONFLICT, stamps.judge(0, 10, 3));
  }

  @Test
  void callsNothingFreshThatItMayHaveForgotten() {
    RecentStamps stamps = new RecentStamps(2, 100);
    stamps.remember(0, 50, 1);
    stamps.remember(0, 20, 1);
    stamps.remember(0, 60, 1);
    // Forgotten by arrival: the greatest stamp of all but one.
    assertEquals(Verdict.UNVERIFIABLE, stamps.judge(0, 50, 1));
    assertEquals(Verdict.UNVERIFIABLE, stamps.judge(0, 30, 1));
    assertEquals(Verdict.DUPLICATE, stamps.judge(0, 20, 1));
    assertEquals(Verdict.UNVERIFIABLE, stamps.judge(0, 20, 2));
    assertEquals(Verdict.FRESH, stamps.judge(0, 51, 1));
  }

  @Test
  void doesNotRememberByJudging() {
    RecentStamps stamps = new RecentStamps(8, 100);
    assertEquals(Verdict.FRESH, stamps.judge(0, 10, 1));
    assertEquals(Verdict.FRESH, stamps.judge(0, 10, 1));
  }

  @Test
  void judgesAsTheRuleSaysForEveryHistory() {
    EnumSet<Verdict> seen = EnumSet.noneOf(Verdict.class);
    Seeded.run(
        200,
        random -> {
          int perSeries = random.nextInt(1, 70);
          int cap = random.nextInt(200);
          RecentStamps stamps = new RecentStamps(perSeries, cap);
          NaiveStamps naive = new NaiveStamps(perSeries, cap);
          Senders senders = new Senders(random);
          for (int step = 0; step < 1_000; step++) {
            senders.next();
            Verdict verdict = stamps.judge(senders.series, senders.stamp, senders.bits);
            assertEquals(naive.judge(senders.series, senders.stamp, senders.bits), verdict);
            seen.add(verdict);
            if (verdict != Verdict.DUPLICATE || random.nextInt(10) == 0) {
              stamps.remember(senders.series, senders.stamp, senders.bits);
              naive.remember(senders.series, senders.stamp, senders.bits);
            }
            if (random.nextInt(50) == 0) {
              byte[] snapshot = stamps.snapshot();
              stamps = RecentStamps.restore(perSeries, cap, snapshot);
              assertArrayEquals(snapshot, stamps.snapshot());
            }
          }
        });
    assertEquals(EnumSet.allOf(Verdict.class), seen);
  }

  /** Whatever a lower limit makes it forget, it never calls anything fresh that it had accepted. */
  @Test
  void forgetsTheOldestWhereItIsLimitedAnew() {
    Seeded.run(
        50,
        random -> {
          RecentStamps stamps = new RecentStamps(64, 1_000);
          Set<String> accepted = new HashSet<>();
          Senders senders = new Senders(random);
          for (int step = 0; step < 2_000; step++) {
            senders.next();
            stamps.remember(senders.series, senders.stamp, senders.bits);
            accepted.add(senders.series + " " + senders.stamp + " " + senders.bits);
          }
          int cap = random.nextInt(300);
          stamps.limit(cap);

          assertTrue(stamps.rooms() <= Math.max(cap, 5 * RecentStamps.FIRST_ROOM), "" + cap);
          for (String one : accepted) {
            String[] parts = one.split(" ");
            long stamp = Long.parseLong(parts[1]);
            Verdict verdict =
                stamps.judge(Integer.parseInt(parts[0]), stamp, Long.parseLong(parts[2]));
            assertTrue(verdict == Verdict.DUPLICATE || verdict == Verdict.UNVERIFIABLE, one);
          }
          byte[] snapshot = stamps.snapshot();
          assertArrayEquals(snapshot, RecentStamps.restore(64, cap, snapshot).snapshot());
          senders.next();
          stamps.remember(senders.series, senders.stamp, senders.bits);
          assertEquals(
              Verdict.DUPLICATE, stamps.judge(senders.series, senders.stamp, senders.bits));
          assertTrue(stamps.rooms() <= Math.max(cap, 5 * RecentStamps.FIRST_ROOM), "" + cap);
        });
  }

  /** In order, late, resent, colliding: each series has its own habit. */
  private static final class Senders {
    private final RandomGenerator random;
    private long clock;
    int series;
    long stamp;
    long bits;

    Senders(RandomGenerator random) {
      this.random = random;
    }

    void next() {
      clock += random.nextInt(3);
      series = random.nextInt(5);
      stamp =
          switch (series) {
            case 0 -> clock;
            case 1 -> clock - random.nextInt(40);
            case 2 -> random.nextInt(100);
            case 3 -> 42;
            default -> -clock;
          };
      bits = random.nextInt(3);
    }
  }

  @Test
  void refusesDamagedSnapshots() {
    RecentStamps stamps = new RecentStamps(100, 1_000);
    for (int i = 0; i < 50; i++) {
      stamps.remember(i % 3, i * 1_000L, i);
    }
    byte[] snapshot = stamps.snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = Arrays.copyOf(snapshot, length);
      assertThrows(IllegalArgumentException.class, () -> RecentStamps.restore(100, 1_000, cut));
    }
    snapshot[0] = 2;
    assertThrows(IllegalArgumentException.class, () -> RecentStamps.restore(100, 1_000, snapshot));
  }

  @Test
  void refusesLimitsThatRememberNothing() {
    assertThrows(IllegalArgumentException.class, () -> new RecentStamps(0, 10));
    assertThrows(IllegalArgumentException.class, () -> new RecentStamps(1, -1));
  }

  @Test
  void standsForEqualValuesByEqualBits() {
    assertEquals(RecentStamps.bits(0.0), RecentStamps.bits(-0.0));
    assertNotEquals(RecentStamps.bits(1.0), RecentStamps.bits(Math.nextUp(1.0)));
    assertEquals(RecentStamps.bits("läuft"), RecentStamps.bits("läuf" + 't'));
  }

  @Test
  void standsForDifferentTextsByDifferentBits() {
    Set<Long> seen = new HashSet<>();
    int texts = 0;
    for (char one = 0; one < 128; one++) {
      for (char other = 0; other < 128; other++) {
        seen.add(RecentStamps.bits("" + one + other));
        seen.add(RecentStamps.bits("" + one + "\0" + other));
        texts += 2;
      }
    }
    assertEquals(texts, seen.size());
  }
}
