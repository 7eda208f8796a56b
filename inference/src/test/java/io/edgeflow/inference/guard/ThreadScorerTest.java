package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.RunFailedException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScorerSource;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import io.edgeflow.inference.runtime.TimedOutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThreadScorerTest {
  private static final ModelLimits SHORT = new ModelLimits(64, Duration.ofMillis(200), 1 << 20);

  /** A call that shall succeed may take long on a busy machine. */
  private static final ModelLimits LONG = new ModelLimits(64, Duration.ofSeconds(30), 1 << 20);

  private static final GuardSettings SETTINGS =
      new GuardSettings(Duration.ofSeconds(30), Duration.ofSeconds(30), BreakerSettings.DEFAULT);
  private static final GuardSettings HASTY =
      new GuardSettings(Duration.ofSeconds(30), Duration.ofMillis(50), BreakerSettings.DEFAULT);

  @TempDir Path directory;
  private final Events events = new Events();
  private final ModelThreads threads = new ModelThreads(2);

  /** Stands for what no one can end: a call that comes back when the test says so. */
  private static final class Hanging implements Scorer {
    final CountDownLatch end = new CountDownLatch(1);
    final AtomicBoolean closed = new AtomicBoolean();
    volatile ModelLimits limits = SHORT;

    @Override
    public ModelSpec spec() {
      return TestRuntime.spec(1, limits);
    }

    @Override
    public float[] score(float[] rows, int count) {
      if (rows[0] == 0) {
        return new float[1];
      }
      if (rows[0] < 0) {
        throw new UnsupportedOperationException("negative");
      }
      Deaf.await(end);
      return new float[1];
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void scoresAndClosesOnItsThread() throws Exception {
    var scorer = open(onnx(TestGraphs.plus(2, 1), 2, LONG), SETTINGS);
    assertEquals(1, threads.running());
    assertEquals(4, scorer.score(new float[] {1, 3}, 1)[1]);

    scorer.close();
    scorer.close();

    Events.await(() -> threads.running() == 0);
    assertThrows(IllegalStateException.class, () -> scorer.score(new float[2], 1));
    assertEquals(List.of(), events.all());
  }

  @Test
  void aGraphThatLoopsForEverIsEndedAndStaysInService() throws Exception {
    try (var scorer = open(onnx(TestGraphs.loop(1), 1, SHORT), SETTINGS)) {
      for (int i = 0; i < 3; i++) {
        assertThrows(TimedOutException.class, () -> scorer.score(new float[] {1e18f}, 1));
      }
      assertFalse(scorer.isAbandoned());
      assertEquals(0, threads.lost());
    }
  }

  /** Its thread comes late: what was asked before the call began is forgotten. */
  private static final class Late implements Scorer {
    private final Semaphore asked = new Semaphore(0);

    @Override
    public ModelSpec spec() {
      return TestRuntime.spec(1, SHORT);
    }

    @Override
    public float[] score(float[] rows, int count) throws ScoringException {
      asked.acquireUninterruptibly();
      asked.acquireUninterruptibly();
      throw new RunFailedException("the call was interrupted", null);
    }

    @Override
    public void interrupt() {
      asked.release();
    }

    @Override
    public void close() {}
  }

  @Test
  void aCallThatBeginsAfterItWasAskedToEndIsAskedAgain() throws Exception {
    try (var scorer = open(Late::new, SETTINGS)) {
      assertThrows(TimedOutException.class, () -> scorer.score(new float[1], 1));
      assertFalse(scorer.isAbandoned());
    }
  }

  @Test
  void aCallThatDoesNotEndIsGivenUpAndItsModelClosedWhenItDoes() throws Exception {
    var hanging = new Hanging();
    var scorer = open(() -> hanging, HASTY);

    assertThrows(TimedOutException.class, () -> scorer.score(new float[] {1}, 1));

    assertTrue(scorer.isAbandoned());
    assertEquals(1, threads.lost());
    assertThrows(OutOfServiceException.class, () -> scorer.score(new float[] {0}, 1));
    scorer.close();
    assertFalse(hanging.closed.get(), "closed under a call, native code would crash");
    assertEquals(List.of(new GuardEvent.Abandoned("m", 1)), events.all());

    hanging.end.countDown();
    Events.await(() -> threads.running() == 0);
    Events.await(hanging.closed::get);
    assertEquals(0, threads.lost());
    assertEquals(new GuardEvent.Returned("m"), events.all().getLast());
  }

  @Test
  void aModelServesAgainWhenTheCallThatWasGivenUpEnds() throws Exception {
    var hanging = new Hanging();
    var scorer = open(() -> hanging, HASTY);
    assertThrows(TimedOutException.class, () -> scorer.score(new float[] {1}, 1));

    hanging.end.countDown();

    Events.await(() -> !scorer.isAbandoned());
    Events.await(() -> events.all().size() == 2);
    assertEquals(
        List.of(new GuardEvent.Abandoned("m", 1), new GuardEvent.Returned("m")), events.all());
    hanging.limits = LONG;
    assertEquals(1, scorer.score(new float[] {0}, 1).length);
    assertEquals(0, threads.lost());
    assertEquals(1, threads.running());
    scorer.close();
    Events.await(() -> threads.running() == 0);
    assertTrue(hanging.closed.get());
  }

  @Test
  void lostThreadsAreBoundedBecauseNoMoreAreLoaded() throws Exception {
    var first = new Hanging();
    var second = new Hanging();
    for (Hanging hanging : List.of(first, second)) {
      var scorer = open(() -> hanging, HASTY);
      assertThrows(TimedOutException.class, () -> scorer.score(new float[] {1}, 1));
      scorer.close();
    }

    var refusal = assertThrows(ModelRefusedException.class, () -> open(Hanging::new, HASTY));

    assertEquals(
        "2 threads of models are the limit, 2 of them are lost in calls that do not end",
        refusal.getMessage());
    first.end.countDown();
    Events.await(() -> threads.running() == 1);
    open(Hanging::new, HASTY).close();
    second.end.countDown();
    Events.await(() -> threads.running() == 0);
  }

  @Test
  void aLoadThatHangsIsGivenUpAndClosedWhenItEnds() throws Exception {
    var load = new CountDownLatch(1);
    var late = new Hanging();
    ScorerSource source =
        () -> {
          Deaf.await(load);
          return late;
        };
    var settings =
        new GuardSettings(Duration.ofMillis(50), Duration.ofMillis(50), BreakerSettings.DEFAULT);

    assertThrows(ModelRefusedException.class, () -> open(source, settings));

    assertEquals(1, threads.lost());
    load.countDown();
    Events.await(() -> threads.running() == 0);
    assertTrue(late.closed.get());
  }

  @Test
  void whatAModelThrowsIsAFailureOfTheCall() throws Exception {
    var model = new Hanging();
    model.limits = LONG;
    try (var scorer = open(() -> model, SETTINGS)) {
      var failure = assertThrows(RunFailedException.class, () -> scorer.score(new float[] {-1}, 1));
      assertTrue(String.valueOf(failure.getMessage()).contains("negative"));
      assertEquals(1, scorer.score(new float[] {0}, 1).length);
    }
  }

  @Test
  void whatCannotBeLoadedTakesNoThread() throws Exception {
    assertThrows(ModelRefusedException.class, () -> open(onnx(new byte[] {1}, 1, LONG), SETTINGS));
    assertThrows(
        ModelRefusedException.class,
        () ->
            open(
                () -> {
                  throw new UnsatisfiedLinkError("no library");
                },
                SETTINGS));
    Events.await(() -> threads.running() == 0);
    assertEquals(0, threads.lost());
  }

  @Test
  void anInterruptedCallerGetsItsScoresAndStaysInterrupted() throws Exception {
    try (var scorer = open(onnx(TestGraphs.plus(1, 1), 1, LONG), SETTINGS)) {
      Thread.currentThread().interrupt();
      float[] scores = scorer.score(new float[] {1}, 1);
      assertTrue(Thread.interrupted());
      assertEquals(2, scores[0]);
    }
  }

  private ThreadScorer open(ScorerSource source, GuardSettings settings) throws Exception {
    return ThreadScorer.open("m", source, settings, threads, events);
  }

  private ScorerSource onnx(byte[] graph, int rowLength, ModelLimits limits) {
    return () -> TestRuntime.load(directory, graph, TestRuntime.spec(rowLength, limits));
  }
}
