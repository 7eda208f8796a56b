package io.edgeflow.inference.scoring;

import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.guard.BreakerSettings;
import io.edgeflow.inference.guard.Guard;
import io.edgeflow.inference.guard.GuardEvent;
import io.edgeflow.inference.guard.GuardSettings;
import io.edgeflow.inference.guard.ModelThreads;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whole bundles with real graphs, read and loaded as a process does. */
final class TestBundles {
  static final String FLOW = "{\"kind\": \"latest-vector\", \"series\": [\"{device}/flow\"]}";

  final ModelThreads threads = new ModelThreads(8);
  final List<GuardEvent> events = new CopyOnWriteArrayList<>();
  private final Path directory;
  private final Guard guard =
      new Guard(
          TestRuntime.get(),
          new GuardSettings(
              Duration.ofSeconds(30),
              Duration.ofSeconds(30),
              new BreakerSettings(1_000, Duration.ofHours(1), Duration.ofHours(1))),
          threads,
          events::add);
  private final BundleModels models =
      new BundleModels(
          new BundleReader(BundleLimits.STANDARD),
          TestRuntime.get().provider(),
          (model, graph, spec) -> guard.inProcess(model.name(), graph, spec));

  TestBundles(Path directory) {
    this.directory = directory;
  }

  /** Scores flow + version for each device. */
  ScoredModel plus(int version) throws IOException {
    return good(
        write(
            "plus", version, FLOW, "\"score\"", TestGraphs.plus(1, version), golden(2 + version)));
  }

  ScoredModel good(Path folder) {
    return switch (models.read(folder)) {
      case ModelRead.Good(ScoredModel model) -> model;
      case ModelRead.Refused(String why) -> throw new AssertionError(why);
    };
  }

  ModelRead read(Path folder) {
    return models.read(folder);
  }

  /** One vector: a flow of 2 at second 1 of pump-0. */
  static String golden(double score) {
    return """
    {"schema": 1, "model": "plus", "vectors": [{"name": "two", "subject": "pump-0",
      "readings": ["pump-0/flow,1000000,2"], "expected": [{"time": 1000000, "scores": [%s]}]}]}
    """
        .formatted(score);
  }

  Path write(String name, int version, String input, String outputs, byte[] graph, String golden)
      throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name + "-" + version));
    List<String> named =
        List.of(outputs.split(",")).stream().map(one -> "{\"name\": " + one.strip() + "}").toList();
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema": 1, "name": "plus", "version": "%d", "input": %s, "outputs": [%s],
         "tensors": {"input": "x", "output": "y"}, "limits": {"timeout": "30s"}}
        """
            .formatted(version, input, String.join(", ", named)));
    Files.write(folder.resolve("model.onnx"), graph);
    Files.writeString(folder.resolve("golden.json"), golden);
    return folder;
  }
}
