package io.edgeflow.lab.drill;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a drill works. What it made is deleted in the end, unless somebody wants to look. */
final class DrillFolder implements AutoCloseable {
  private final Path path;
  private final boolean ours;
  private boolean keep;

  private DrillFolder(Path path, boolean ours) {
    this.path = path;
    this.ours = ours;
  }

  /**
   * @param asked empty or absent on disk; null makes a new one among the temporary files
   * @throws IOException if something lies in it
   */
  static DrillFolder open(@Nullable Path asked) throws IOException {
    if (asked == null) {
      return new DrillFolder(Files.createTempDirectory("edgeflow-drill-").toRealPath(), true);
    }
    Files.createDirectories(asked);
    try (Stream<Path> files = Files.list(asked)) {
      if (files.findAny().isPresent()) {
        throw new IOException(asked + " is not empty");
      }
    }
    return new DrillFolder(asked.toRealPath(), false);
  }

  Path path() {
    return path;
  }

  void keepIf(boolean wanted) {
    keep = wanted;
  }

  @Override
  public void close() throws IOException {
    if (!keep) {
      delete();
    }
  }

  private void delete() throws IOException {
    Folders.delete(path);
    if (!ours) {
      Files.createDirectory(path);
    }
  }
}
