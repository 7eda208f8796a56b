package io.edgeflow.lab.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, file by file. */
final class Folders {
  private Folders() {}

  /**
   * Copies everything, with rights and owners. What vanishes meanwhile is left out.
   *
   * @param to must not exist
   */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      try {
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        if (!Files.getOwner(target).equals(Files.getOwner(file))) {
          Files.setOwner(target, Files.getOwner(file));
        }
      } catch (NoSuchFileException vanished) {
        // Whoever owns the folder is at work in it.
      }
    }
  }

  /** Deletes the folder, too. What vanishes meanwhile is no failure. */
  static void delete(Path folder) throws IOException {
    List<Path> files = files(folder);
    for (Path file : files.reversed()) {
      Files.deleteIfExists(file);
    }
  }

  /** Bytes of all files; 0 if there is no such folder. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      try {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      } catch (NoSuchFileException vanished) {
        // As with the copy.
      }
    }
    return bytes;
  }

  /** The folder itself first; empty if there is none. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    while (true) {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.sorted(Comparator.naturalOrder()).toList();
      } catch (UncheckedIOException vanished) {
        if (!(vanished.getCause() instanceof NoSuchFileException)) {
          throw vanished.getCause();
        }
      }
    }
  }
}
