package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A restart from a checkpoint, with or without a replayed tail, changes nothing. */
final class WindowerRestartTest {
  private static final long SECOND = 1_000_000;
  private static final WindowRule RULE = new WindowRule(10 * SECOND, 2 * SECOND);

  private record Open(int series, long startMicros) {}

  @Test
  void goesOnAsIfItHadNeverStopped() {
    Seeded.run(
        60,
        random -> {
          Windower unbroken = new Windower(RULE);
          Windower restarted = new Windower(RULE);
          for (int step = 0; step < 400; step++) {
            act(random, unbroken, restarted);
            if (random.nextInt(20) == 0) {
              restarted = Windower.restore(RULE, restarted.snapshot());
            }
            assertSame(unbroken, restarted, 30_000_000 * SECOND + step * SECOND);
          }
        });
  }

  @Test
  void rebuildsItsStateFromALogOfFoldsAndTakes() {
    Seeded.run(
        60,
        random -> {
          Windower live = new Windower(RULE);
          Windower replayed = new Windower(RULE);
          for (int step = 0; step < 400; step++) {
            // The replay's monotonic clock is another one.
            act(random, live, replayed, random.nextLong(), random.nextLong());
          }
          assertArrayEquals(live.snapshot(), replayed.snapshot());
        });
  }

  @Test
  void waitsAgainForSilenceAfterARestart() {
    Windower before = new Windower(RULE);
    before.fold(0, 0, 1, Quality.GOOD, 5);
    Windower after = Windower.restore(RULE, before.snapshot());
    List<Open> due = new ArrayList<>();
    after.due(0, 1_000, (series, start) -> due.add(new Open(series, start)));
    after.due(
        0, 1_000 + 12 * SECOND * 1_000 - 1, (series, start) -> due.add(new Open(series, start)));
    assertEquals(List.of(), due);
    after.due(0, 1_000 + 12 * SECOND * 1_000, (series, start) -> due.add(new Open(series, start)));
    assertEquals(List.of(new Open(0, 0)), due);
  }

  @Test
  void refusesASnapshotOfAnotherVersionOrLength() {
    byte[] snapshot = new Windower(RULE).snapshot();
    WindowRule other = new WindowRule(5 * SECOND, 0);
    assertThrows(IllegalArgumentException.class, () -> Windower.restore(other, snapshot));
    snapshot[0]++;
    assertThrows(IllegalArgumentException.class, () -> Windower.restore(RULE, snapshot));
    assertThrows(IllegalArgumentException.class, () -> Windower.restore(RULE, new byte[0]));
  }

  @Test
  void refusesEveryTruncatedSnapshot() {
    Windower windower = new Windower(RULE);
    Windower twin = new Windower(RULE);
    RandomGenerator random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      act(random, windower, twin, 0, 0);
    }
    byte[] snapshot = windower.snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = Arrays.copyOf(snapshot, length);
      assertThrows(IllegalArgumentException.class, () -> Windower.restore(RULE, cut));
    }
    byte[] longer = Arrays.copyOf(snapshot, snapshot.length + 1);
    assertThrows(IllegalArgumentException.class, () -> Windower.restore(RULE, longer));
  }

  private static void act(RandomGenerator random, Windower one, Windower other) {
    act(random, one, other, 0, 0);
  }

  private static void act(
      RandomGenerator random, Windower one, Windower other, long oneNanos, long otherNanos) {
    List<Open> open = open(one);
    if (random.nextInt(5) == 0 && !open.isEmpty()) {
      Open taken = open.get(random.nextInt(open.size()));
      assertEquals(
          one.take(taken.series, taken.startMicros), other.take(taken.series, taken.startMicros));
    } else {
      int series = random.nextInt(8) * random.nextInt(1, 40);
      long time = 30_000_000 * SECOND + random.nextLong(400 * SECOND);
      double value = random.nextGaussian();
      Quality quality = Quality.ofCode(random.nextInt(4));
      one.fold(series, time, value, quality, oneNanos);
      other.fold(series, time, value, quality, otherNanos);
    }
  }

  private static void assertSame(Windower unbroken, Windower restarted, long believedMicros) {
    assertArrayEquals(unbroken.snapshot(), restarted.snapshot());
    assertEquals(unbroken.open(), restarted.open());
    assertEquals(unbroken.pendingReadings(), restarted.pendingReadings());
    List<Open> open = open(unbroken);
    assertEquals(open, open(restarted));
    for (Open window : open) {
      assertEquals(
          unbroken.peek(window.series, window.startMicros),
          restarted.peek(window.series, window.startMicros));
    }
    assertEquals(due(unbroken, believedMicros), due(restarted, believedMicros));
  }

  private static List<Open> open(Windower windower) {
    List<Open> open = new ArrayList<>();
    windower.all((series, start) -> open.add(new Open(series, start)));
    return open;
  }

  private static List<Open> due(Windower windower, long believedMicros) {
    List<Open> due = new ArrayList<>();
    windower.due(believedMicros, 0, (series, start) -> due.add(new Open(series, start)));
    return due;
  }
}
