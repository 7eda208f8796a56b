package io.edgeflow.lab.clock;

import io.edgeflow.gateway.clock.OsSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How wrong a clock is. Written to a file by a drill and read from it by the process whose clock it
 * is.
 *
 * @param offsetMicros how far it is ahead of the true time
 * @param os whether the operating system says that it is synchronised
 */
public record Wandering(long offsetMicros, OsSync os) {
  private static final String PROPERTY = "edgeflow.clock";

  /** The option of a JVM whose clock that file sets. */
  public static String option(Path file) {
    return "-D" + PROPERTY + "=" + file;
  }

  /** Replaces the file in one step: a reader sees the old content or the new. */
  public void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(fresh, offsetMicros + " " + os);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static Wandering read(Path file) throws IOException {
    String[] parts = Files.readString(file).strip().split(" ", -1);
    return new Wandering(Long.parseLong(parts[0]), OsSync.valueOf(parts[1]));
  }

  /** The file that this JVM was told to read. */
  static Path fileOfThisProcess() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      throw new IllegalStateException("this process was not told where its clock is set");
    }
    return Path.of(file);
  }

  static boolean isToldToThisProcess() {
    return System.getProperty(PROPERTY) != null;
  }
}
