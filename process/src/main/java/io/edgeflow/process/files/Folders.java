package io.edgeflow.process.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, file by file. Links are files, and never followed. Blocks for the disk. */
public final class Folders {
  private Folders() {}

  /**
   * The folder itself first, and each before what is in it; empty if there is none. What vanishes
   * meanwhile may be among them or not.
   */
  public static List<Path> files(Path folder) throws IOException {
    while (true) {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.sorted().toList();
      } catch (NoSuchFileException none) {
        return List.of();
      } catch (UncheckedIOException vanished) {
        if (!(vanished.getCause() instanceof NoSuchFileException)) {
          throw vanished.getCause();
        }
      }
    }
  }

  /** Deletes the folder with all that is in it. What is not there, or vanishes, is no failure. */
  public static void delete(Path folder) throws IOException {
    for (Path file : files(folder).reversed()) {
      Files.deleteIfExists(file);
    }
  }
}
