package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With DJL's engine for ONNX Runtime in the place of TensorRT's, which needs a GPU. */
final class EngineModelTest {
  private static final String ENGINE = "OnnxRuntime";
  private static final ModelLimits FOUR = new ModelLimits(4, Duration.ofSeconds(1), 1 << 20);

  @TempDir Path directory;

  @BeforeAll
  static void open() {
    TestRuntime.get();
  }

  @Test
  void scoresAsOnnxRuntimeDoesHoweverManyRowsThereAre() throws Exception {
    byte[] graph = TestGraphs.autoencoder(6, 3, new Random(1));
    Path file = TestGraphs.write(directory, "model", graph);
    float[] rows = new float[11 * 6];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 7 - 3;
    }
    try (Scorer direct = TestRuntime.get().load(file, TestRuntime.spec(6));
        Scorer engine = EngineModel.load(ENGINE, file, TestRuntime.spec(6, FOUR))) {
      for (int count : List.of(0, 1, 3, 4, 5, 8, 11)) {
        assertArrayEquals(direct.score(rows, count), engine.score(rows, count), 1e-5f);
      }
    }
  }

  @Test
  void whatIsNoNumberIsToldWithItsRows() throws Exception {
    Path file = TestGraphs.write(directory, "model", TestGraphs.root(2));
    try (Scorer engine = EngineModel.load(ENGINE, file, TestRuntime.spec(2, FOUR))) {
      var failure =
          assertThrows(
              NonFiniteScoresException.class, () -> engine.score(new float[] {4, 9, -1, 1}, 2));
      assertEquals(BitSet.valueOf(new long[] {0b10}), failure.rows());
    }
  }

  @Test
  void whatGivesAnotherShapeOrCannotBeReadIsRefused() throws Exception {
    Path file = TestGraphs.write(directory, "model", TestGraphs.plus(3, 1));
    var wide = new ModelSpec("x", List.of(3), "y", 2, FOUR);
    assertThrows(ModelRefusedException.class, () -> EngineModel.load(ENGINE, file, wide));

    Path garbage = Files.write(directory.resolve("garbage.onnx"), new byte[100]);
    assertThrows(
        ModelRefusedException.class,
        () -> EngineModel.load(ENGINE, garbage, TestRuntime.spec(3, FOUR)));
  }

  @Test
  void aClosedModelAnswersNoMore() throws Exception {
    Path file = TestGraphs.write(directory, "model", TestGraphs.plus(3, 1));
    Scorer engine = EngineModel.load(ENGINE, file, TestRuntime.spec(3, FOUR));
    engine.close();
    engine.close();
    assertThrows(IllegalStateException.class, () -> engine.score(new float[3], 1));
  }

  /** Its jar is among the libraries of these tests; what it needs of the machine is not. */
  @Test
  void whereTensorRtIsNotThereItSaysSoAndOnnxRuntimeGoesOn() throws Exception {
    if (TensorRtEngine.refusal().isEmpty()) {
      return;
    }
    assertTrue(
        TensorRtEngine.refusal().get().startsWith("DJL's engine TensorRT does not start here: "),
        TensorRtEngine.refusal()::get);
    Path compiled = Files.write(directory.resolve("t4.engine"), new byte[100]);
    assertThrows(
        ModelRefusedException.class,
        () -> TestRuntime.get().load(compiled, TestRuntime.spec(3, FOUR)));
    try (Scorer other =
        TestRuntime.load(directory, TestGraphs.plus(3, 1), TestRuntime.spec(3, FOUR))) {
      assertArrayEquals(new float[] {1, 2, 3}, other.score(new float[] {0, 1, 2}, 1));
    }
  }

  @Test
  void anEngineThatIsNotAmongTheLibrariesIsNamed() {
    assertEquals(
        "DJL's engine Abacus is not among the libraries",
        TensorRtEngine.tried("Abacus").orElseThrow());
  }
}
