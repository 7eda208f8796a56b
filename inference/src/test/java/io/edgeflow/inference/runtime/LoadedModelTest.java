package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadedModelTest {
  private static final ModelLimits SEVEN = new ModelLimits(7, Duration.ofSeconds(1), 1 << 20);

  @TempDir Path directory;

  @Test
  void scoresWhatTheGraphSaysHoweverTheBatchIsSplit() throws Exception {
    byte[] graph = TestGraphs.autoencoder(16, 8, new Random(1));
    try (var whole = TestRuntime.load(directory, graph, TestRuntime.spec(16));
        var split = TestRuntime.load(directory, graph, TestRuntime.spec(16, SEVEN))) {
      float[] rows = floats(100 * 16);

      float[] scores = whole.score(rows, 100);

      assertEquals(1600, scores.length);
      assertArrayEquals(scores, split.score(rows, 100), 1e-6f);
      float[] last = Arrays.copyOfRange(rows, 99 * 16, 1600);
      assertArrayEquals(Arrays.copyOfRange(scores, 99 * 16, 1600), split.score(last, 1), 1e-6f);
    }
  }

  @Test
  void everyBatchSizeGetsItsOwnRows() throws Exception {
    try (var model =
        TestRuntime.load(directory, TestGraphs.plus(3, 5), TestRuntime.spec(3, SEVEN))) {
      for (int round = 0; round < 3; round++) {
        for (int count = 0; count <= 30; count++) {
          float[] rows = floats(count * 3 + 2);
          float[] scores = model.score(rows, count);
          assertEquals(count * 3, scores.length);
          for (int i = 0; i < scores.length; i++) {
            assertEquals(rows[i] + 5, scores[i]);
          }
        }
      }
    }
  }

  @Test
  void aGraphOfOneRowIsCalledRowByRow() throws Exception {
    try (var model =
        TestRuntime.load(directory, TestGraphs.unary("Neg", 2, 1), TestRuntime.spec(2))) {
      assertArrayEquals(new float[] {-1, -2, -3, -4}, model.score(new float[] {1, 2, 3, 4}, 2));
    }
  }

  @Test
  void whatIsNoNumberIsToldWithItsRows() throws Exception {
    try (var model = TestRuntime.load(directory, TestGraphs.root(2), TestRuntime.spec(2))) {
      float infinite = Float.POSITIVE_INFINITY;
      float[] rows = {4, 9, -1, 1, 16, 25, infinite, 0};

      var failure = assertThrows(NonFiniteScoresException.class, () -> model.score(rows, 4));

      assertEquals(BitSet.valueOf(new long[] {0b1010}), failure.rows());
      assertEquals(2, failure.scores()[0]);
      assertEquals(5, failure.scores()[5]);
      assertEquals("2 of 4 rows gave NaN or infinity, the first is row 1", failure.getMessage());
    }
  }

  @Test
  void noneIsOverlooked() throws Exception {
    for (int length = 1; length < 20; length++) {
      for (int at = 0; at < length; at++) {
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
          float[] scores = new float[length + 1];
          Arrays.fill(scores, Float.MAX_VALUE);
          FiniteCheck.check(scores, length, 1);
          scores[length] = bad;
          FiniteCheck.check(scores, length, 1);
          scores[at] = bad;
          int rows = length;
          var failure =
              assertThrows(
                  NonFiniteScoresException.class, () -> FiniteCheck.check(scores, rows, 1));
          assertEquals(at, failure.rows().nextSetBit(0));
        }
      }
    }
  }

  @Test
  void severalThreadsMayCall() throws Exception {
    try (var model =
            TestRuntime.load(directory, TestGraphs.plus(4, 1), TestRuntime.spec(4, SEVEN));
        var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        float base = i * 100;
        int count = 1 + i % 20;
        calls.add(() -> isPlusOne(model, base, count));
      }
      for (Future<Boolean> answer : threads.invokeAll(calls)) {
        assertTrue(answer.get());
      }
    }
  }

  private static boolean isPlusOne(Scorer model, float base, int count) throws ScoringException {
    float[] rows = new float[count * 4];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = base + i;
    }
    float[] scores = model.score(rows, count);
    for (int i = 0; i < rows.length; i++) {
      if (scores[i] != rows[i] + 1) {
        return false;
      }
    }
    return true;
  }

  @Test
  void fewerValuesThanRowsAreAMistakeOfTheCaller() throws Exception {
    try (var model = TestRuntime.load(directory, TestGraphs.plus(4, 1), TestRuntime.spec(4))) {
      assertThrows(IllegalArgumentException.class, () -> model.score(new float[7], 2));
      assertThrows(IllegalArgumentException.class, () -> model.score(new float[7], -1));
    }
  }

  @Test
  void aClosedModelIsNeverCalled() throws Exception {
    var model = TestRuntime.load(directory, TestGraphs.plus(1, 1), TestRuntime.spec(1));
    model.close();
    model.close();
    model.interrupt();

    assertThrows(IllegalStateException.class, () -> model.score(new float[1], 1));
  }

  @Test
  void aCallThatDoesNotEndCanBeAskedTo() throws Exception {
    try (var model = TestRuntime.load(directory, TestGraphs.loop(1), TestRuntime.spec(1))) {
      assertEquals(1003, model.score(new float[] {1000, 3}, 2)[1]);
      var failure = new CompletableFuture<ScoringException>();
      Thread.ofPlatform().daemon().start(() -> failure.complete(endless(model)));

      for (int i = 0; i < 300 && !failure.isDone(); i++) {
        // Until it is heard: before the call began there is nothing to end.
        model.interrupt();
        Thread.sleep(100);
      }

      assertEquals("the call was interrupted", failure.join().getMessage());
      assertEquals(4, model.score(new float[] {2}, 1)[0], "it is as good as before");
    }
  }

  private static ScoringException endless(Scorer model) {
    return assertThrows(ScoringException.class, () -> model.score(new float[] {1e18f}, 1));
  }

  private static float[] floats(int length) {
    var random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 10 - 5;
    }
    return values;
  }
}
