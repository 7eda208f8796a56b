package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive lock on a file which names its owner (J6). The file stays: deleting it would let two
 * owners in.
 */
final class DirectoryLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
  private static final int MAX_OWNER_BYTES = 512;

  /**
   * The locks of this process. POSIX locks belong to the process, and closing any channel of a
   * locked file gives its lock up; so a second attempt in this process must fail before it opens
   * the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static DirectoryLock take(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Path real = directory == null ? path : directory.toRealPath().resolve(path.getFileName());
    if (!HELD.add(real)) {
      throw new DirectoryInUse(real.getParent(), owner());
    }
    boolean taken = false;
    try {
      DirectoryLock lock = lockFile(real);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  /** Who holds the lock; empty if nobody does. Leaves the file as it is. */
  static Optional<String> holder(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    if (HELD.contains(path.toRealPath())) {
      return Optional.of(owner());
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null ? Optional.of(recordedOwner(channel)) : Optional.empty();
    }
  }

  private static DirectoryLock lockFile(Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(
            real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new DirectoryInUse(real.getParent(), recordedOwner(channel));
      }
      recordOwner(channel);
      return new DirectoryLock(real, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String recordedOwner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_BYTES);
    channel.read(text, 0);
    String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return owner.isEmpty() ? "another process" : owner;
  }

  /**
   * In place, and cut off afterwards: a full disk has no room for anything new. That it is locked
   * matters more than by whom.
   */
  private static void recordOwner(FileChannel channel) {
    try {
      ByteBuffer text = ByteBuffer.wrap((owner() + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        channel.write(text, text.position());
      }
      channel.truncate(text.limit());
    } catch (IOException e) {
      LOG.warn("the owner of the directory is not recorded: error={}", e.toString());
    }
  }

  private static String owner() {
    ProcessHandle self = ProcessHandle.current();
    String since =
        self.info()
            .startInstant()
            .map(i -> ", started " + i.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
    return "process " + self.pid() + " on " + host() + since;
  }

  /** From the kernel where it tells, because a name service may take its time. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "an unnamed host" : name;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}
