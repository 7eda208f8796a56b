package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States and texts as runs of equal values (W4). */
final class ChangesTest {
  private final Changes changes = new Changes();

  @Test
  void joinsEqualValuesInTheOrderOfArrival() {
    changes.fold(2, 100, 1, null, Quality.GOOD);
    changes.fold(2, 300, 1, null, Quality.GOOD);
    changes.fold(2, 50, 1, null, Quality.GOOD);
    changes.fold(2, 400, 2, null, Quality.GOOD);
    changes.fold(2, 500, 1, null, Quality.GOOD);

    assertEquals(
        List.of(
            new Change(2, 50, 300, 3, 1, null, Quality.GOOD),
            new Change(2, 400, 400, 1, 2, null, Quality.GOOD),
            new Change(2, 500, 500, 1, 1, null, Quality.GOOD)),
        changes.pending(10));
  }

  @Test
  void tellsTextsAndQualitiesApart() {
    changes.fold(0, 1, 0, "on", Quality.GOOD);
    changes.fold(0, 2, 0, "off", Quality.GOOD);
    changes.fold(0, 3, 0, "off", Quality.UNCERTAIN);
    changes.fold(0, 4, Double.NaN, null, Quality.BAD);
    changes.fold(0, 5, Double.NaN, null, Quality.BAD);

    assertEquals(4, changes.pending(10).size());
    assertEquals(2, changes.pending(10).getLast().count());
  }

  @Test
  void listsNoMoreThanAskedForSeriesBySeries() {
    for (int i = 0; i < 6; i++) {
      changes.fold(i % 2, i, i, null, Quality.GOOD);
    }
    assertEquals(List.of(0, 0, 0, 1), changes.pending(4).stream().map(Change::series).toList());
  }

  @Test
  void beginsANewRunAfterADrop() {
    changes.fold(0, 1, 5, null, Quality.GOOD);
    changes.drop(0, 1);
    assertEquals(List.of(), changes.pending(10));
    changes.fold(0, 2, 5, null, Quality.GOOD);
    assertEquals(List.of(new Change(0, 2, 2, 1, 5, null, Quality.GOOD)), changes.pending(10));
  }

  @Test
  void dropsTheOldestRunsAndCountsWhatIsPending() {
    for (int i = 0; i < 10; i++) {
      changes.fold(7, i, Math.floorDiv(i, 3), null, Quality.GOOD);
    }
    changes.drop(7, 2);
    assertEquals(4, changes.pendingReadings());
    assertEquals(List.of(2.0, 3.0), changes.pending(9).stream().map(Change::number).toList());
  }

  @Test
  void refusesToDropWhatItDoesNotHold() {
    changes.fold(0, 1, 5, null, Quality.GOOD);
    assertThrows(IllegalStateException.class, () -> changes.drop(0, 2));
    assertThrows(IllegalStateException.class, () -> changes.drop(1, 1));
    assertEquals(1, changes.pendingReadings());
  }

  @Test
  void isDueAtOnceWhenSomethingChanged() {
    assertFalse(changes.isDue(0, 100));
    changes.fold(0, 1, 5, null, Quality.GOOD);
    assertTrue(changes.isDue(0, 100));
    changes.drop(0, 1);
    assertFalse(changes.isDue(0, 100));
    changes.fold(0, 2, 5, null, Quality.GOOD);
    assertFalse(changes.isDue(0, 100));
    changes.fold(0, 3, 6, null, Quality.GOOD);
    assertTrue(changes.isDue(0, 100));
    changes.drop(0, 2);
    assertFalse(changes.isDue(1_000, 100));
  }

  @Test
  void letsRepeatsWait() {
    changes.fold(0, 1, 5, null, Quality.GOOD);
    changes.drop(0, 1);
    for (int round = 0; round < 2; round++) {
      changes.fold(0, 2, 5, null, Quality.GOOD);
      long now = round * 1_000L;
      assertFalse(changes.isDue(now, 100));
      changes.fold(0, 3, 5, null, Quality.GOOD);
      assertFalse(changes.isDue(now + 99, 100));
      assertTrue(changes.isDue(now + 100, 100));
      changes.drop(0, 1);
      assertFalse(changes.isDue(now + 100, 100));
    }
  }

  @Test
  void goesOnAsIfItHadNeverStopped() {
    int[] repeatsSeen = new int[1];
    Seeded.run(
        40,
        random -> {
          Changes unbroken = new Changes();
          Changes restarted = new Changes();
          for (int step = 0; step < 300; step++) {
            int series = random.nextInt(2);
            long time = random.nextLong();
            double number = random.nextInt(2);
            String text = random.nextInt(5) > 0 ? null : random.nextBoolean() ? "" : "läuft \uD83D";
            Quality quality = Quality.ofCode(random.nextInt(2));
            unbroken.fold(series, time, number, text, quality);
            restarted.fold(series, time, number, text, quality);
            List<Change> pending = unbroken.pending(2);
            if (random.nextInt(4) > 0 && !pending.isEmpty()) {
              unbroken.drop(pending.getFirst().series(), 1);
              restarted.drop(pending.getFirst().series(), 1);
            }
            if (random.nextInt(10) == 0) {
              restarted = Changes.restore(restarted.snapshot());
            }
            assertEquals(unbroken.pendingReadings(), restarted.pendingReadings());
            long patience = Long.MAX_VALUE;
            assertEquals(unbroken.isDue(step, patience), restarted.isDue(step, patience));
            boolean onlyRepeats = !unbroken.isDue(step, patience) && unbroken.pendingReadings() > 0;
            repeatsSeen[0] += onlyRepeats ? 1 : 0;
          }
          assertEquals(unbroken.pending(1_000), restarted.pending(1_000));
          assertArrayEquals(unbroken.snapshot(), restarted.snapshot());
        });
    assertTrue(repeatsSeen[0] > 0, "no history had nothing but repeats pending");
  }

  @Test
  void refusesDamagedSnapshots() {
    changes.fold(0, 1, 5, "text", Quality.GOOD);
    byte[] snapshot = changes.snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = Arrays.copyOf(snapshot, length);
      assertThrows(IllegalArgumentException.class, () -> Changes.restore(cut));
    }
    snapshot[0] = 9;
    assertThrows(IllegalArgumentException.class, () -> Changes.restore(snapshot));
  }
}
