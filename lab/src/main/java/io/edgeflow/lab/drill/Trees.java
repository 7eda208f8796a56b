package io.edgeflow.lab.drill;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Whole folders that somebody may be at work in, file by file. */
final class Trees {
  private Trees() {}

  /**
   * Copies everything, with rights and owners. What vanishes meanwhile is left out.
   *
   * @param to must not exist
   */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : Folders.files(from)) {
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

  /** Bytes of all files; 0 if there is no such folder. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : Folders.files(folder)) {
      try {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      } catch (NoSuchFileException vanished) {
        // As with the copy.
      }
    }
    return bytes;
  }
}
