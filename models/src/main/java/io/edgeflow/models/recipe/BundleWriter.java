package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.Golden;
import io.edgeflow.inference.golden.GoldenReader;
import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.models.history.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Makes a bundle's folder of a fitted model. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Blocks. Equal models and readings make equal files.
   *
   * @param folder new, or empty
   * @param past whose end the golden vectors are made of
   * @throws UnfitException if no golden vectors can be made of these readings
   * @throws IOException if the folder holds something or cannot be written
   */
  public static void write(Path folder, Fitted fitted, Past past)
      throws IOException, UnfitException {
    Golden golden = golden(fitted.manifest(), fitted.parameters(), fitted.reference(), past);
    requireEmpty(folder);
    Files.createDirectories(folder);
    Files.write(folder.resolve(Manifest.MODEL_FILE), fitted.graph());
    text(folder, Parameters.FILE, BundleDocuments.text(fitted.parameters()));
    text(folder, Bundle.GOLDEN_FILE, GoldenReader.text(golden));
    // Last, so that a folder that was cut off is no bundle.
    text(folder, BundleDocuments.MANIFEST_FILE, BundleDocuments.text(fitted.manifest()));
  }

  /**
   * Golden vectors from the end of these readings.
   *
   * @param model that is known to be right
   * @throws UnfitException if no golden vectors can be made of these readings
   */
  public static Golden golden(
      Manifest manifest, Parameters parameters, ScoreFunction model, Past past)
      throws UnfitException {
    return new GoldenProbes(manifest, parameters, model, past.asReadings()).record();
  }

  /**
   * @throws IOException if a folder of this name holds something already
   */
  public static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException(folder + " is not empty; name a new folder");
      }
    }
  }

  private static void text(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
