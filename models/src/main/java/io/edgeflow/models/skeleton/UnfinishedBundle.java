package io.edgeflow.models.skeleton;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.GoldenReader;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.history.Past;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.process.settings.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A folder that has a graph and a manifest, and not yet golden vectors.
 *
 * @param parameters none where the folder has none
 */
public record UnfinishedBundle(Path folder, Manifest manifest, Parameters parameters) {
  private static final String README = "README.md";

  /**
   * Makes a new folder.
   *
   * @throws UnservableException if the skeleton makes no manifest
   */
  public static UnfinishedBundle begin(Path folder, Skeleton skeleton, byte[] graph)
      throws IOException, UnservableException {
    Manifest manifest = skeleton.manifest();
    Files.createDirectories(folder);
    Files.write(folder.resolve(Manifest.MODEL_FILE), graph, StandardOpenOption.CREATE_NEW);
    Files.writeString(folder.resolve(README), skeleton.readMe());
    Files.writeString(
        folder.resolve(BundleDocuments.MANIFEST_FILE), BundleDocuments.text(manifest));
    return new UnfinishedBundle(folder, manifest, Parameters.none(manifest));
  }

  /**
   * Reads what a person has filled in.
   *
   * @throws UnservableException with everything that is wrong in the manifest or the parameters
   */
  public static UnfinishedBundle open(Path folder) throws IOException, UnservableException {
    Manifest manifest =
        good(
            BundleDocuments.manifest(
                Files.readAllBytes(needed(folder, BundleDocuments.MANIFEST_FILE))));
    needed(folder, Manifest.MODEL_FILE);
    if (Files.exists(folder.resolve(Bundle.GOLDEN_FILE))) {
      throw new UnservableException(
          folder.resolve(Bundle.GOLDEN_FILE) + " is there already; delete it to record another");
    }
    Path own = folder.resolve(Parameters.FILE);
    return new UnfinishedBundle(
        folder,
        manifest,
        Files.exists(own)
            ? good(BundleDocuments.parameters(Files.readAllBytes(own), manifest))
            : Parameters.none(manifest));
  }

  private static Path needed(Path folder, String name) throws UnservableException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new UnservableException(
          folder
              + " has no "
              + name
              + ": begin it with `edgeflow model init model.onnx --out DIR`");
    }
    return file;
  }

  private static <T> T good(Document<T> read) throws UnservableException {
    return switch (read) {
      case Document.Good<T>(T value) -> value;
      case Document.Faulty<T>(var faults) ->
          throw new UnservableException(
              String.join(System.lineSeparator(), faults.stream().map(Object::toString).toList()));
    };
  }

  /**
   * @throws ModelRefusedException if the graph is not what the manifest says
   */
  public Scorer load(ScoringRuntime runtime) throws IOException, ModelRefusedException {
    return OpenBundle.load(folder, manifest, runtime);
  }

  /**
   * Records what the model answers here.
   *
   * @throws UnfitException if these readings make no row, or the model's answer is no number
   */
  public void record(Past past, ScoringRuntime runtime)
      throws IOException, ModelRefusedException, UnfitException {
    try (Scorer scorer = load(runtime)) {
      Files.writeString(
          folder.resolve(Bundle.GOLDEN_FILE),
          GoldenReader.text(
              BundleWriter.golden(manifest, parameters, row -> scorer.score(row, 1), past)),
          StandardOpenOption.CREATE_NEW);
    }
  }

  /** Takes back what was begun. */
  public void delete() throws IOException {
    for (String name : List.of(Manifest.MODEL_FILE, README, BundleDocuments.MANIFEST_FILE)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
