package io.edgeflow.inference.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.guard.BreakerSettings;
import io.edgeflow.inference.guard.Guard;
import io.edgeflow.inference.guard.GuardEvent;
import io.edgeflow.inference.guard.GuardSettings;
import io.edgeflow.inference.guard.ModelThreads;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slot, guard and runtime as a process puts them together. */
final class GuardedSlotTest {
  private static final ModelLimits LIMITS = new ModelLimits(64, Duration.ofSeconds(30), 64 << 20);

  @TempDir Path directory;
  private final ModelThreads threads = new ModelThreads(8);
  private final List<GuardEvent> events = new CopyOnWriteArrayList<>();
  private final Guard guard =
      new Guard(TestRuntime.get(), GuardSettings.DEFAULT, threads, events::add);

  @Test
  void modelsChangeAndLeaveNoThread() throws Exception {
    try (var slot = new Slot("s")) {
      for (int version = 0; version < 50; version++) {
        assertInstanceOf(Change.Prepared.class, slot.prepare(plus(version)));
        assertInstanceOf(Change.Switched.class, slot.promote());
        assertEquals(version + 3, slot.score(Rows.same(new float[] {3}, 1)).value(0, 0));
        SlotTest.await(() -> threads.running() <= 2);
      }
    }
    SlotTest.await(() -> threads.running() == 0);
    assertEquals(List.of(), events);
  }

  @Test
  void aCandidateThatLoopsForEverEndsInTheShadow() throws Exception {
    try (var slot = new Slot("s")) {
      slot.prepare(plus(1));
      slot.promote();
      assertInstanceOf(Change.Prepared.class, slot.prepare(loop()));
      assertInstanceOf(Change.Shadowed.class, slot.shadow());

      for (int i = 0; i < 5; i++) {
        assertEquals(1e18f, slot.score(Rows.same(new float[] {1e18f, 1}, 2)).value(0, 0), 1e12f);
      }

      SlotTest.await(() -> report(slot).failedRows() == 10);
      assertEquals(0, report(slot).compared());
      assertInstanceOf(Change.Dropped.class, slot.discard());
    }
    SlotTest.await(() -> threads.running() == 0);
    assertEquals(0, threads.lost());
    assertTrue(events.getFirst() instanceof GuardEvent.Opened, events.toString());
  }

  private static ComparisonReport report(Slot slot) {
    return ((SlotState.Shadowing) slot.state().candidate()).report();
  }

  private SlotModel plus(int version) throws Exception {
    Path graph = TestGraphs.write(directory, "plus" + version, TestGraphs.plus(1, version));
    return TestModels.model(
        version, () -> guard.inProcess("plus", graph, TestRuntime.spec(1, LIMITS)));
  }

  /** Takes 50 ms for what never ends; two of them and its breaker opens. */
  private SlotModel loop() throws Exception {
    Path graph = TestGraphs.write(directory, "loop", TestGraphs.loop(1));
    var hasty =
        new Guard(
            TestRuntime.get(),
            new GuardSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                new BreakerSettings(2, Duration.ofHours(1), Duration.ofHours(1))),
            threads,
            events::add);
    var limits = new ModelLimits(64, Duration.ofMillis(50), 64 << 20);
    return new SlotModel(
        TestModels.identity(9),
        () -> hasty.inProcess("loop", graph, TestRuntime.spec(1, limits)),
        _ -> new Golden.Verdict.Proven(),
        (_, _) -> false);
  }
}
