package io.edgeflow.gateway.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of the actions, with the clocks of this machine. */
@Timeout(60)
final class ActionDeskTest {
  private final BlockingQueue<Boolean> switched = new LinkedBlockingQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger events = new AtomicInteger();

  private ActionDesk desk(ActionOutput output) {
    return new ActionDesk(
        List.of(Switchboard.Rule.threshold().rule()),
        Map.of("slow", output),
        (severity, type, message, detail) -> events.incrementAndGet(),
        () -> Switchboard.START,
        System::nanoTime);
  }

  private @Nullable Boolean next() throws InterruptedException {
    return switched.poll(30, TimeUnit.SECONDS);
  }

  private static void reads(ActionDesk desk, double value, long after) {
    desk.accepted(Switchboard.SERIES, Switchboard.START + after, value, null, Quality.GOOD);
  }

  @Test
  void switchesItsOutput() throws Exception {
    ActionOutput output =
        (on, done) -> {
          switched.add(on);
          done.accept(new ActionResult.Done(""));
        };
    try (ActionDesk desk = desk(output)) {
      desk.start();
      desk.begins(List.of());
      desk.accepted("other/flow", Switchboard.START, 30, null, Quality.GOOD);
      reads(desk, 30, 1);
      assertEquals(true, next());
      reads(desk, 0, 2);
      assertEquals(false, next());
    }
  }

  @Test
  void beginsWithTheLatestReading() throws Exception {
    ActionOutput output =
        (on, done) -> {
          switched.add(on);
          done.accept(new ActionResult.Done(""));
        };
    try (ActionDesk desk = desk(output)) {
      desk.latest(Switchboard.SERIES, Switchboard.START - 1000, 30, null, Quality.GOOD);
      desk.start();
      assertEquals(true, next());
    }
  }

  /** Whoever brings readings never waits for an output, and what waits does not grow. */
  @Test
  void actsOnTheNewestWhenItFallsBehind() throws Exception {
    ActionOutput slow =
        (on, done) -> {
          switched.add(on);
          try {
            assertTrue(gate.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          done.accept(new ActionResult.Done(""));
        };
    try (ActionDesk desk = desk(slow)) {
      desk.start();
      desk.begins(List.of());
      reads(desk, 30, 1);
      assertEquals(true, next());
      for (int i = 0; i < 100_000; i++) {
        reads(desk, 30 + i, 2 + i);
      }
      reads(desk, 0, 200_000);
      assertEquals(100_000, desk.overtaken());
      gate.countDown();
      assertEquals(false, next());
    }
  }
}
