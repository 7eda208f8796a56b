package io.edgeflow.lab.e2e;

import io.edgeflow.models.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model with a memory that a test can check: the sum of a series' last three readings. */
final class SumBundle {
  static final int LENGTH = 3;

  private SumBundle() {}

  /**
   * @param series whose sums it makes, each on its own
   */
  static Path write(Path folder, String series) throws IOException {
    Files.createDirectories(folder);
    OnnxGraph graph = new OnnxGraph("sum");
    OnnxGraph.Value rows = graph.input("x", LENGTH);
    graph.output(graph.matMul(rows, graph.matrix(new float[][] {{1}, {1}, {1}})), "y", 1);
    Files.write(folder.resolve("model.onnx"), graph.bytes());
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema": 1, "name": "sum", "version": "1",
         "input": {"kind": "sliding-window", "series": "%s", "length": 3},
         "tensors": {"input": "x", "output": "y"}, "outputs": [{"name": "score"}],
         "limits": {"timeout": "30s", "maxBatch": 64}}
        """
            .formatted(series));
    Files.writeString(
        folder.resolve("golden.json"),
        """
        {"schema": 1, "model": "sum", "vectors": [{"name": "six", "subject": "pump-0/flow",
          "readings": ["pump-0/flow,1000000,1", "pump-0/flow,2000000,2", "pump-0/flow,3000000,3"],
          "expected": [{"time": 3000000, "scores": [6]}]}]}
        """);
    return folder;
  }
}
