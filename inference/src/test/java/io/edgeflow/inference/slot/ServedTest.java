package io.edgeflow.inference.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedTest {
  @TempDir Path directory;
  private final AtomicInteger closed = new AtomicInteger();
  private Scorer scorer;

  @BeforeEach
  void load() throws Exception {
    scorer = TestRuntime.load(directory, TestGraphs.plus(1, 1), TestRuntime.spec(1));
  }

  @AfterEach
  void close() {
    scorer.close();
  }

  @Test
  void isClosedByTheLastCall() {
    Served served = served();
    assertTrue(served.acquire());
    assertTrue(served.acquire());
    served.retire();
    assertFalse(served.acquire());
    served.release();
    assertFalse(served.acquire());
    assertEquals(0, closed.get());
    served.release();
    assertEquals(1, closed.get());
    assertFalse(served.acquire());
  }

  @Test
  void withoutCallsItIsClosedAtOnce() {
    Served served = served();
    assertTrue(served.acquire());
    served.release();
    served.retire();
    assertEquals(1, closed.get());
    assertFalse(served.acquire());
  }

  @Test
  void isClosedOnceAndNeverUnderACallHoweverManyThreadsRace() throws Exception {
    int threads = 4;
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (int round = 1; round <= 500; round++) {
        Served served = served();
        var start = new CyclicBarrier(threads);
        Callable<Integer> caller = () -> callUntilRetired(served, start);
        Callable<Integer> retiring =
            () -> {
              start.await();
              served.retire();
              return 0;
            };
        int before = closed.get();
        for (Future<Integer> under :
            executor.invokeAll(
                IntStream.range(0, threads).mapToObj(i -> i == 0 ? retiring : caller).toList())) {
          assertEquals(0, under.get(), "calls of a closed model");
        }
        assertEquals(before + 1, closed.get());
      }
    }
  }

  private int callUntilRetired(Served served, CyclicBarrier start) throws Exception {
    start.await();
    int before = closed.get();
    int underACall = 0;
    while (served.acquire()) {
      underACall += closed.get() - before;
      served.release();
    }
    return underACall;
  }

  private Served served() {
    var model =
        new SlotModel(
            TestModels.identity(1),
            () -> scorer,
            _ -> new Golden.Verdict.Proven(),
            (_, _) -> false);
    return new Served(model, scorer, _ -> closed.incrementAndGet());
  }
}
