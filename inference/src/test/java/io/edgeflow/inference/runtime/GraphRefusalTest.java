package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a graph really has is told when it is not what was expected. */
final class GraphRefusalTest {
  @TempDir Path directory;

  @Test
  void anotherRowLength() {
    refused(
        TestGraphs.plus(4, 1),
        TestRuntime.spec(5),
        "the output has not 5 values a row."
            + " The graph has the inputs {x=FLOAT[-1, 4]} and the outputs {y=FLOAT[-1, 4]}");
    refused(
        TestGraphs.plus(4, 1),
        new ModelSpec("x", List.of(5), "y", 4, ModelLimits.DEFAULT),
        "the input's rows are not [5]."
            + " The graph has the inputs {x=FLOAT[-1, 4]} and the outputs {y=FLOAT[-1, 4]}");
    refused(
        TestGraphs.plus(4, 1),
        new ModelSpec("x", List.of(2, 2), "y", 4, ModelLimits.DEFAULT),
        "the input has other dimensions than [n, rows of [2, 2]]."
            + " The graph has the inputs {x=FLOAT[-1, 4]} and the outputs {y=FLOAT[-1, 4]}");
  }

  @Test
  void anotherNameTypeOrNumberOfInputs() {
    refused(
        TestGraphs.plus(1, 1),
        new ModelSpec("rows", List.of(1), "y", 1, ModelLimits.DEFAULT),
        "no input is named rows."
            + " The graph has the inputs {x=FLOAT[-1, 1]} and the outputs {y=FLOAT[-1, 1]}");
    refused(
        TestGraphs.plus(1, 1),
        new ModelSpec("x", List.of(1), "score", 1, ModelLimits.DEFAULT),
        "no output is named score."
            + " The graph has the inputs {x=FLOAT[-1, 1]} and the outputs {y=FLOAT[-1, 1]}");
    refused(
        TestGraphs.doubles(1),
        TestRuntime.spec(1),
        "the output y is no tensor of float32."
            + " The graph has the inputs {x=DOUBLE[-1, 1]} and the outputs {y=DOUBLE[-1, 1]}");
    refused(
        TestGraphs.twoInputs(2),
        TestRuntime.spec(2),
        "it needs more inputs than x. The graph has the inputs"
            + " {b=FLOAT[-1, 2], x=FLOAT[-1, 2]} and the outputs {y=FLOAT[-1, 2]}");
  }

  @Test
  void aFixedBatch() {
    refused(
        TestGraphs.unary("Neg", 2, 8),
        TestRuntime.spec(2),
        "it takes batches of 8 rows only; leave the dimension open."
            + " The graph has the inputs {x=FLOAT[8, 2]} and the outputs {y=FLOAT[8, 2]}");
  }

  @Test
  void whatIsDeclaredOpenAndGivesAnotherShape() {
    refused(
        TestGraphs.sumOfAll(3),
        new ModelSpec("x", List.of(3), "y", 1, ModelLimits.DEFAULT),
        "2 rows give scores of the shape [1, 1], not 1 for each row");
  }

  /** They would be in no digest. The library looks for them under the working directory. */
  @Test
  void weightsInOtherFiles() throws Exception {
    int row = 256;
    Path target = Files.createDirectories(Path.of("target"));
    Path weights = Files.createTempFile(target, "weights", "");
    try {
      Files.write(weights, new byte[row * row * Float.BYTES]);
      for (Path location : List.of(weights, weights.toAbsolutePath(), weights.getFileName())) {
        refusedElsewhere(row, location.toString());
      }
    } finally {
      Files.delete(weights);
    }
  }

  private void refusedElsewhere(int row, String location) {
    for (boolean constant : new boolean[] {false, true}) {
      byte[] graph = TestGraphs.weightsElsewhere(row, location, constant);
      assertThrows(
          ModelRefusedException.class,
          () -> TestRuntime.load(directory, graph, TestRuntime.spec(row)).close(),
          location + ", as a constant: " + constant);
    }
  }

  @Test
  void whatIsNoGraphOrTooLarge() {
    var refusal =
        assertThrows(
            ModelRefusedException.class,
            () -> TestRuntime.load(directory, new byte[] {1, 2, 3}, TestRuntime.spec(1)));
    assertTrue(refusal.toString().contains("the runtime does not take it: "));
    refused(
        TestGraphs.plus(1, 1),
        TestRuntime.spec(1, new ModelLimits(8, Duration.ofSeconds(1), 60)),
        "the graph has %d bytes, its memory limit is 60".formatted(TestGraphs.plus(1, 1).length));
  }

  private void refused(byte[] graph, ModelSpec spec, String why) {
    var refusal =
        assertThrows(
            ModelRefusedException.class, () -> TestRuntime.load(directory, graph, spec).close());
    assertEquals(why, refusal.getMessage());
  }
}
