package io.edgeflow.inference.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReadingQueueTest {
  private final ReadingQueue queue = new ReadingQueue(3, 4);

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      queue.put("s" + i % 2, i, i * 10.0, Quality.GOOD);
    }
  }

  private List<Long> takeAll() throws InterruptedException {
    List<Long> times = new ArrayList<>();
    for (Optional<ReadingBatch> some = queue.take(1); some.isPresent(); some = queue.take(1)) {
      ReadingBatch batch = some.get();
      for (int i = 0; i < batch.size(); i++) {
        times.add(batch.timeMicros(i));
        assertEquals("s" + batch.timeMicros(i) % 2, batch.series(i));
        assertEquals(batch.timeMicros(i) * 10.0, batch.value(i));
        assertEquals(Quality.GOOD, batch.quality(i));
      }
      queue.giveBack(batch);
    }
    return times;
  }

  private static List<Long> range(int from, int to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void keepsTheOrderAndReusesItsBatches() throws Exception {
    for (int round = 0; round < 50; round++) {
      put(round * 13, round * 13 + 13);
      assertEquals(range(round * 13, round * 13 + 13), takeAll());
    }
    assertEquals(0, queue.dropped());
  }

  /** Room for four batches of four, the one that is being filled among them. */
  @Test
  void dropsTheOldestAndCountsThem() throws Exception {
    put(0, 16);
    assertEquals(0, queue.dropped());
    put(16, 21);
    assertEquals(8, queue.dropped());
    assertEquals(range(8, 21), takeAll());
  }

  @Test
  void tellsHowManyWaitAndSinceWhen() throws Exception {
    assertEquals(0, queue.depth());
    assertEquals(0, queue.ageNanos());
    long before = System.nanoTime();
    put(0, 6);
    assertEquals(6, queue.depth());
    long age = queue.ageNanos();
    assertTrue(age >= 0 && age <= System.nanoTime() - before, () -> age + " ns");
    takeAll();
    assertEquals(0, queue.depth());
    assertEquals(0, queue.ageNanos());
  }

  /** While one batch is out for scoring there is one less; nothing is overwritten. */
  @Test
  void leavesABatchAloneThatIsOut() throws Exception {
    put(0, 4);
    ReadingBatch out = queue.take(1).orElseThrow();
    put(4, 40);
    assertEquals(0, out.timeMicros(0));
    assertEquals(3, out.timeMicros(3));
    queue.giveBack(out);
    List<Long> rest = takeAll();
    assertEquals(39, rest.getLast());
    assertEquals(36, rest.size() + queue.dropped());
  }

  @Test
  void wakesWhoeverWaits() throws Exception {
    Thread taker =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    assertTrue(queue.take(60_000).isPresent());
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    put(0, 1);
    taker.join();
  }
}
