package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process that a data directory names in its {@code postmaster.pid}.
 *
 * @param port 0 while the server starts
 */
record Postmaster(Path data, long pid, int port) {
  private static final int PORT_LINE = 3;

  /**
   * The live server of this data directory. A number that now belongs to another process, as after
   * a restart of the machine, is not one.
   */
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines = lines(data);
    return named(lines)
        .map(process -> new Postmaster(data, process.pid(), (int) number(lines, PORT_LINE)))
        .filter(Postmaster::isAlive);
  }

  /**
   * A server's working directory is its data directory; a dead process that nobody has collected
   * yet has none, while the JDK would still call it alive.
   */
  boolean isAlive() {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Removes a file that names a live process which is not this directory's server: PostgreSQL would
   * take it for one and refuse to start. A dead one's file stays, because PostgreSQL learns from it
   * whether children of the dead server are still at work.
   */
  static void forgetStranger(Path data) throws IOException {
    if (named(lines(data)).isPresent() && of(data).isEmpty()) {
      Files.deleteIfExists(file(data));
    }
  }

  private static Path file(Path data) {
    return data.resolve("postmaster.pid");
  }

  private static List<String> lines(Path data) throws IOException {
    try {
      return Files.readAllLines(file(data));
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> named(List<String> lines) {
    long pid = number(lines, 0);
    return pid <= 0 ? Optional.empty() : ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  private static long number(List<String> lines, int line) {
    try {
      return line < lines.size() ? Long.parseLong(lines.get(line).strip()) : 0;
    } catch (NumberFormatException unwritten) {
      return 0;
    }
  }
}
