package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.inference.guard.GuardEvent.Opened;
import io.edgeflow.inference.guard.GuardEvent.Recovered;
import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real graph that gives NaN for what is negative. */
final class BreakerScorerTest {
  private static final float[] GOOD = {4};
  private static final float[] BAD = {-4};

  @TempDir Path directory;
  private final AtomicLong now = new AtomicLong();
  private final Events events = new Events();

  @Test
  void aModelThatGivesNaNIsNotCalledForAWhileAndThenTriedOnce() throws Exception {
    try (var scorer = scorer()) {
      assertEquals(2, scorer.score(GOOD, 1)[0]);
      for (int i = 0; i < 3; i++) {
        assertThrows(NonFiniteScoresException.class, () -> scorer.score(BAD, 1));
      }
      assertThrows(OutOfServiceException.class, () -> scorer.score(GOOD, 1));

      now.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThrows(NonFiniteScoresException.class, () -> scorer.score(BAD, 1));
      assertThrows(OutOfServiceException.class, () -> scorer.score(GOOD, 1));
      assertInstanceOf(BreakerState.Open.class, scorer.state());

      now.addAndGet(Duration.ofSeconds(2).toNanos());
      assertEquals(2, scorer.score(GOOD, 1)[0]);
      assertEquals(2, scorer.score(GOOD, 1)[0]);
    }
    String cause = "1 of 1 rows gave NaN or infinity, the first is row 0";
    assertEquals(
        List.of(new Opened("root", cause), new Opened("root", cause), new Recovered("root")),
        events.all());
  }

  @Test
  void aMistakeOfTheCallerIsNoFailureOfTheModel() throws Exception {
    try (var scorer = scorer()) {
      for (int i = 0; i < 10; i++) {
        assertThrows(IllegalArgumentException.class, () -> scorer.score(GOOD, 2));
      }
      assertEquals(new BreakerState.Closed(0), scorer.state());
    }
  }

  private BreakerScorer scorer() throws Exception {
    return new BreakerScorer(
        "root",
        TestRuntime.load(directory, TestGraphs.root(1), TestRuntime.spec(1)),
        new BreakerSettings(3, Duration.ofSeconds(1), Duration.ofMinutes(1)),
        now::get,
        events);
  }
}
