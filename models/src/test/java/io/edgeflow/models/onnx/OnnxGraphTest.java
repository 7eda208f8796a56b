package io.edgeflow.models.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.models.TestRuntime;
import io.edgeflow.models.onnx.OnnxGraph.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxGraphTest {
  @Test
  void equalCallsGiveEqualBytes() {
    assertArrayEquals(everyOperator(), everyOperator());
  }

  @Test
  void operatorsDoWhatTheySay(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("model.onnx"), everyOperator());
    var spec = new ModelSpec("x", List.of(3), "y", 7, ModelLimits.DEFAULT);
    try (Scorer model = TestRuntime.get().load(file, spec)) {
      float[] scores = model.score(new float[] {1, -4, 9, 2, 2, 2}, 2);
      assertArrayEquals(
          new float[] {
            -7,
            11,
            -9,
            0.5f,
            2,
            9,
            2, //
            6,
            12,
            -8,
            1,
            (float) Math.sqrt(2),
            3,
            2
          },
          scores,
          1e-6f);
    }
  }

  /** Two kernels with a gap of one sample, by hand. */
  @Test
  void kernelsSlideAlongAndArePooled(@TempDir Path folder) throws Exception {
    var graph = new OnnxGraph("waves");
    Value series = graph.input("x", 1, 5);
    Value answers = graph.convolve(series, new float[][] {{1, 2}, {-1, 1}}, 2);
    Value pooled =
        graph.concat(graph.meanOfSteps(answers), graph.logarithm(graph.maxOfSteps(answers)));
    graph.output(pooled, "y", 4);
    Path file = Files.write(folder.resolve("model.onnx"), graph.bytes());
    var spec = new ModelSpec("x", List.of(1, 5), "y", 4, ModelLimits.DEFAULT);
    try (Scorer model = TestRuntime.get().load(file, spec)) {
      // 1+2*3, 2+2*4, 3+2*9; 3-1, 4-2, 9-3
      assertArrayEquals(
          new float[] {38 / 3f, 10 / 3f, (float) Math.log(21), (float) Math.log(6)},
          model.score(new float[] {1, 2, 3, 4, 9}, 1),
          1e-5f);
    }
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    var graph = new OnnxGraph("broken");
    assertThrows(IllegalArgumentException.class, () -> graph.row(Float.NaN));
  }

  /** Of x, y, z: x + 2 y; x + 10; x - 10; 2 x / 4; root of |y|; at least 3 of z; the mean. */
  private static byte[] everyOperator() {
    var graph = new OnnxGraph("every");
    Value row = graph.input("x", 3);
    Value x = graph.columns(row, 0, 1);
    Value ten = graph.row(10);
    Value all =
        graph.concat(
            graph.matMul(row, graph.matrix(new float[][] {{1}, {2}, {0}})),
            graph.add(x, ten),
            graph.subtract(x, ten),
            graph.divide(graph.multiply(x, graph.row(2)), graph.row(4)),
            graph.squareRoot(graph.abs(graph.columns(row, 1, 2))),
            graph.max(graph.columns(row, 2, 3), graph.row(3)),
            graph.rowMean(row));
    graph.output(all, "y", 7);
    return graph.bytes();
  }
}
