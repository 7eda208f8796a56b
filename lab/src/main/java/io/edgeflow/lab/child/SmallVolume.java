package io.edgeflow.lab.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few MiB, in memory, that only the processes see that are started in it: it is
 * mounted in a mount namespace of its own, which goes when this is closed or this JVM ends. One
 * thread.
 */
public final class SmallVolume implements AutoCloseable {
  /** Mounts, says so, and holds the namespace until its standard input ends. */
  private static final String HOLD =
      "mount -t tmpfs -o size=\"$1\",mode=0755 tmpfs \"$2\" && echo mounted && exec cat";

  /** A file that is opened for writing between both mounts keeps the second from succeeding. */
  private static final String TURN =
      "for i in 1 2 3 4 5; do mount --bind \"$1\" \"$1\" || exit 1;"
          + " mount -o remount,bind,ro \"$1\" && exit 0; umount -l \"$1\"; done; exit 1";

  private static final String MOUNTED = "mounted";
  private static final long PATIENCE_SECONDS = 10;

  private final Process holder;
  private final Path place;

  private SmallVolume(Process holder, Path place) {
    this.holder = holder;
    this.place = place;
  }

  /** Why none can be had here; empty if one can. */
  public static Optional<String> obstacle() throws IOException, InterruptedException {
    Path place = Files.createTempDirectory("edgeflow-volume-");
    try (SmallVolume volume = open(place, 1 << 16)) {
      return volume.inside("true")
          ? Optional.empty()
          : Optional.of("a process cannot enter a mount namespace (nsenter)");
    } catch (IOException refused) {
      return Optional.of(refused.toString());
    } finally {
      Files.deleteIfExists(place);
    }
  }

  /**
   * Mounts one.
   *
   * @param place a folder, which stays empty for everybody else
   * @throws IOException if this user may not mount anything
   */
  public static SmallVolume open(Path place, long bytes) throws IOException {
    Process holder =
        new ProcessBuilder(
                "unshare", "-m", "sh", "-c", HOLD, "sh", Long.toString(bytes), place.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = holder.inputReader();
    String line = said.readLine();
    if (!MOUNTED.equals(line)) {
      holder.destroyForcibly();
      throw new IOException("a file system cannot be mounted here: " + line);
    }
    return new SmallVolume(holder, place);
  }

  public Path place() {
    return place;
  }

  /** What comes before the command line of a process that is to see it. */
  public List<String> prefix() {
    return List.of("nsenter", "-t", Long.toString(holder.pid()), "-m");
  }

  /** Runs a command that sees it, and waits; whether it succeeded. */
  public boolean inside(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(prefix());
    line.addAll(List.of(command));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  /**
   * Turns it read-only for whatever is opened, made, renamed or deleted from now on, while
   * processes work in it. What they have open for writing stays so: the kernel turns no file system
   * as a whole that somebody writes to. So a mount of the same folder is laid over it.
   *
   * @return whether it did; else nothing changed
   */
  public boolean turnReadOnly() throws IOException, InterruptedException {
    return inside("sh", "-c", TURN, "sh", place.toString());
  }

  /** Takes back the last {@link #turnReadOnly}. */
  public boolean turnBack() throws IOException, InterruptedException {
    // Lazily: what is open for reading may stay open.
    return inside("umount", "-l", place.toString());
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
