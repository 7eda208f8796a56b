package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against a sorted map. */
final class WindowBatchTest {
  private record Key(int series, long start, long length) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparingInt(Key::series)
          .thenComparingLong(Key::start)
          .thenComparingLong(Key::length);

  @Test
  void holdsEachKeyOnceInOrderWithAllOfItsWindows() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      WindowBatch batch = new WindowBatch(random.nextInt(40));
      Map<Key, Window> expected = new TreeMap<>(ORDER);
      for (int i = random.nextInt(300); i > 0; i--) {
        int series = random.nextInt(6) == 0 ? Integer.MAX_VALUE : random.nextInt(8);
        Window window = window(random);
        batch.add(series, window);
        expected.merge(
            new Key(series, window.startMicros(), window.lengthMicros()), window, Window::merge);
      }
      batch.settle();
      List<Key> keys = new ArrayList<>();
      for (int row = 0; row < batch.size(); row++) {
        Window window = batch.window(row);
        Key key = new Key(batch.series(row), window.startMicros(), window.lengthMicros());
        keys.add(key);
        assertEquals(expected.get(key), window, "seed " + seed);
        assertEquals(row, batch.find(key.series(), key.start(), key.length()), "seed " + seed);
      }
      assertEquals(List.copyOf(expected.keySet()), keys, "seed " + seed);
      assertEquals(-1, batch.find(9, 0, Plant.MINUTE), "seed " + seed);
    }
  }

  @Test
  void refusesWhatCannotBeMerged() {
    long start = Plant.START;
    Window huge =
        new Window(start, Plant.MINUTE, Long.MAX_VALUE, 0, 0, 0, 1, 1, 1, 0, start, 1, start, 1);
    WindowBatch batch = new WindowBatch(2);
    batch.add(1, huge);
    batch.add(1, huge);
    assertThrows(RuntimeException.class, batch::settle);
  }

  /** Whole numbers: their sums are exact in any order. */
  private static Window window(SplittableRandom random) {
    Window minute = Plant.window(random.nextInt(5), random.nextInt(9));
    return random.nextInt(4) > 0
        ? minute
        : new Window(
            minute.startMicros(),
            Plant.MINUTE / 2,
            1,
            0,
            0,
            0,
            1,
            1,
            1,
            0,
            minute.startMicros(),
            1,
            minute.startMicros(),
            1);
  }
}
