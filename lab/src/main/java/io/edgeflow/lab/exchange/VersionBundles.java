package io.edgeflow.lab.exchange;

import io.edgeflow.models.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Models that add their own version to a flow: a score tells which model gave it, whatever it is
 * attributed to.
 */
final class VersionBundles {
  private VersionBundles() {}

  /** Versions 1 to count. */
  static List<Path> write(Path folder, int count) throws IOException {
    List<Path> bundles = new ArrayList<>();
    for (int version = 1; version <= count; version++) {
      bundles.add(write(folder.resolve("v" + version), version, 4 + version));
    }
    return bundles;
  }

  /** One that does not give what it promises. */
  static Path liar(Path folder) throws IOException {
    return write(folder.resolve("liar"), 0, 77);
  }

  private static Path write(Path folder, int version, double scoreOfFour) throws IOException {
    Files.createDirectories(folder);
    var graph = new OnnxGraph("plus");
    graph.output(graph.add(graph.input("x", 1), graph.row(version)), "y", 1);
    Files.write(folder.resolve("model.onnx"), graph.bytes());
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema": 1, "name": "plus", "version": "%d",
         "input": {"kind": "latest-vector", "series": ["{device}/flow"]},
         "tensors": {"input": "x", "output": "y"}, "outputs": [{"name": "sum"}],
         "limits": {"timeout": "30s"}}
        """
            .formatted(version));
    Files.writeString(
        folder.resolve("golden.json"),
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "four", "subject": "a",
          "readings": ["a/flow,1000000,4"], "expected": [{"time": 1000000, "scores": [%s]}]}]}
        """
            .formatted(scoreOfFour));
    return folder;
  }
}
