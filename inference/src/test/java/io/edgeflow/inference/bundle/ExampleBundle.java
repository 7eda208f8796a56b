package io.edgeflow.inference.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the documents of the page. Its models are no graphs: nothing here loads them. */
final class ExampleBundle {
  private ExampleBundle() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("manifest.json"), Example.manifestText());
    Files.writeString(folder.resolve("parameters.json"), Example.parametersText());
    Files.writeString(folder.resolve("golden.json"), "{}");
    Files.writeString(folder.resolve("model.onnx"), "weights");
    Files.writeString(folder.resolve("model-fp16.onnx"), "fewer weights");
    return folder;
  }
}
