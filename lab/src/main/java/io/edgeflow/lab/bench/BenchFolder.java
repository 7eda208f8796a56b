package io.edgeflow.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a benchmark works; a mixin. */
final class BenchFolder {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "A folder on the disk to measure. The benchmark works in a new one in it, and deletes"
              + " that in the end (default: the project's target folder).")
  private @Nullable Path parent;

  /** A new folder with a name that begins so; deleting it is up to the caller. */
  Path create(String prefix) throws IOException {
    Path folder =
        parent == null ? Path.of(System.getProperty("edgeflow.home", "."), "target") : parent;
    return Files.createTempDirectory(Files.createDirectories(folder.toAbsolutePath()), prefix);
  }
}
