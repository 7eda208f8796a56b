package io.edgeflow.cloud.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cloud process is known by, over its starts: kept in its data directory, which no other
 * process may have meanwhile. Where nothing can be kept, each start is a process of its own.
 */
public final class ProcessId implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessId.class);
  private static final String FILE = "process-id";

  private final UUID id;
  private final @Nullable FileChannel lock;

  private ProcessId(UUID id, @Nullable FileChannel lock) {
    this.id = id;
    this.lock = lock;
  }

  /**
   * @param directory made if it is not there
   * @throws IOException if another process has it
   */
  public static ProcessId open(Path directory) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("process.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
    } catch (IOException nowhere) {
      LOG.warn("nothing can be kept in {}: {}", directory, nowhere.toString());
      return new ProcessId(UUID.randomUUID(), null);
    }
    try {
      if (!isAlone(channel)) {
        throw new IOException(
            "another cloud process owns " + directory + ": each needs a dataDir of its own");
      }
      return new ProcessId(kept(directory.resolve(FILE)), channel);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private static boolean isAlone(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static UUID kept(Path file) throws IOException {
    if (Files.exists(file)) {
      try {
        return UUID.fromString(Files.readString(file).strip());
      } catch (IllegalArgumentException torn) {
        LOG.warn("{} does not hold an id: a new one is made", file);
      }
    }
    UUID made = UUID.randomUUID();
    Files.writeString(file, made + "\n");
    return made;
  }

  public UUID id() {
    return id;
  }

  /** Another process may have the directory now. */
  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
