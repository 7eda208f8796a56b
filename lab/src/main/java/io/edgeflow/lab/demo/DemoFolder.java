package io.edgeflow.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one demo: {@code data/demo}, or one with a number if another demo runs. Only what a
 * demo made is ever deleted: the folder must hold its lock file.
 */
final class DemoFolder implements AutoCloseable {
  private static final String LOCK = "demo.lock";
  private static final int MOST = 20;

  private final Path folder;
  private final FileChannel lockFile;

  private DemoFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * @param keep leaves what an earlier demo left
   */
  static DemoFolder open(Path data, boolean keep) throws IOException, InterruptedException {
    for (int number = 1; number <= MOST; number++) {
      Path folder = data.resolve(number == 1 ? "demo" : "demo-" + number);
      FileChannel lock = lock(folder);
      if (lock != null) {
        var opened = new DemoFolder(folder, lock);
        opened.awaitFormerChildren();
        if (!keep) {
          opened.clear();
        }
        return opened;
      }
    }
    throw new IOException("too many demos run in " + data);
  }

  private static @Nullable FileChannel lock(Path folder) throws IOException {
    if (Files.isDirectory(folder) && !Files.exists(folder.resolve(LOCK)) && !isEmpty(folder)) {
      throw new IOException(folder + " is not a demo's folder; move it away");
    }
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      // Another demo of this very process.
    }
    channel.close();
    return null;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** A demo that was killed leaves children behind that are about to end, and their database. */
  private void awaitFormerChildren() throws IOException, InterruptedException {
    for (String name : List.of("gateway.pid", "cloud.pid")) {
      end(folder.resolve(name), "java", false);
    }
    for (Path file : files()) {
      if (file.endsWith("postmaster.pid")) {
        end(file, "postgres", true);
      }
    }
  }

  /**
   * @param command part of the name of its program: numbers of processes are used again
   * @param ask whether it must be told to end
   */
  private static void end(Path pidFile, String command, boolean ask)
      throws IOException, InterruptedException {
    List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,9}")) {
      return;
    }
    var process = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    if (process.isEmpty() || !process.get().info().command().orElse("").contains(command)) {
      return;
    }
    if (ask) {
      process.get().destroy();
    }
    for (int waited = 0; process.get().isAlive() && waited < 200; waited++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    process.get().destroyForcibly();
  }

  private void clear() throws IOException {
    for (Path file : files()) {
      if (!file.equals(folder) && !file.endsWith(LOCK)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What lies in a folder before the folder itself. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException vanished) {
      throw vanished.getCause();
    }
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
