package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory whose power can be cut: then it forgets, at random, sectors that were not synced
 * and directory entries whose directory was not, and files opened before are dead. It keeps
 * everything that a {@link Disk} promises to keep, and nothing more.
 */
public final class ForgetfulDisk implements Disk {
  private final Map<Path, ForgetfulFile> entries = new TreeMap<>();
  private final Map<Path, ForgetfulFile> durableEntries = new TreeMap<>();
  private final Set<Path> locks = new TreeSet<>();
  private int starts;

  /** After how many more operations the power goes; negative for never. */
  private long operationsLeft = -1;

  private boolean off;
  private long bytesRead;

  /**
   * The disk as the process of now has it: dead for good when that ended, even where its threads
   * live on.
   */
  public synchronized Disk forThisProcess() {
    return new MortalDisk(this, starts);
  }

  /** The process of that start is no more. */
  void mustLive(int start) throws IOException {
    if (start != starts) {
      throw new IOException("this process is gone");
    }
  }

  /** Lets the power go after some more operations: these succeed, all later ones fail. */
  public synchronized void cutAfter(long operations) {
    operationsLeft = operations;
  }

  public synchronized boolean isOff() {
    return off;
  }

  /**
   * The process was killed and not the power: its files and its lock are gone, and nothing else.
   */
  public synchronized void kill() {
    starts++;
    off = false;
    operationsLeft = -1;
    locks.clear();
  }

  /** Forgets, and is there again. */
  public synchronized void restart(RandomGenerator random) {
    kill();
    Set<Path> paths = new TreeSet<>(entries.keySet());
    paths.addAll(durableEntries.keySet());
    for (Path path : paths) {
      if (random.nextBoolean()) {
        settle(entries, durableEntries, path);
      } else {
        settle(durableEntries, entries, path);
      }
    }
    entries.values().forEach(file -> file.forget(random));
  }

  private static void settle(
      Map<Path, ForgetfulFile> from, Map<Path, ForgetfulFile> to, Path path) {
    ForgetfulFile file = from.get(path);
    if (file == null) {
      to.remove(path);
    } else {
      to.put(path, file);
    }
  }

  /** An equal disk, with everything synced. */
  public synchronized ForgetfulDisk copy() {
    ForgetfulDisk copy = new ForgetfulDisk();
    entries.forEach((path, file) -> copy.put(path, file.bytes()));
    return copy;
  }

  /** Replaces or makes a file, synced. */
  public synchronized void put(Path path, byte[] bytes) {
    ForgetfulFile file = new ForgetfulFile(bytes);
    entries.put(path, file);
    durableEntries.put(path, file);
  }

  /** Every file there is, of all directories. */
  public synchronized Set<Path> files() {
    return Set.copyOf(entries.keySet());
  }

  public synchronized byte[] bytes(Path path) {
    return Objects.requireNonNull(entries.get(path), path.toString()).bytes();
  }

  public synchronized long bytesRead() {
    return bytesRead;
  }

  /** Counts an operation; every one passes here. */
  synchronized void operation(int openedAtStart) throws IOException {
    if (operationsLeft == 0) {
      off = true;
    }
    if (off || openedAtStart != starts) {
      throw new IOException("the power is off");
    }
    if (operationsLeft > 0) {
      operationsLeft--;
    }
  }

  synchronized void read(int count) {
    bytesRead += Math.max(0, count);
  }

  @Override
  public synchronized void createDirectories(Path directory) throws IOException {
    operation(starts);
  }

  @Override
  public synchronized List<Path> list(Path directory) throws IOException {
    operation(starts);
    return entries.keySet().stream().filter(p -> directory.equals(p.getParent())).toList();
  }

  @Override
  public synchronized DiskFile create(Path path) throws IOException {
    operation(starts);
    if (entries.containsKey(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    ForgetfulFile file = new ForgetfulFile(new byte[0]);
    entries.put(path, file);
    return new ForgetfulHandle(this, file, starts);
  }

  @Override
  public synchronized DiskFile open(Path path) throws IOException {
    operation(starts);
    return new ForgetfulHandle(this, existing(path), starts);
  }

  @Override
  public DiskFile edit(Path path) throws IOException {
    return open(path);
  }

  private ForgetfulFile existing(Path path) throws NoSuchFileException {
    ForgetfulFile file = entries.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operation(starts);
    entries.put(to, existing(from));
    entries.remove(from);
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    operation(starts);
    entries.remove(path);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    operation(starts);
    durableEntries.keySet().removeIf(path -> directory.equals(path.getParent()));
    entries.forEach(
        (path, file) -> {
          if (directory.equals(path.getParent())) {
            durableEntries.put(path, file);
          }
        });
  }

  @Override
  public synchronized long usableSpace(Path path) throws IOException {
    operation(starts);
    return Long.MAX_VALUE;
  }

  @Override
  public synchronized Closeable lock(Path file) throws IOException {
    operation(starts);
    if (!locks.add(file)) {
      throw new DirectoryInUse(file.getParent(), "another journal of this test");
    }
    int start = starts;
    return () -> unlock(file, start);
  }

  private synchronized void unlock(Path file, int start) {
    if (start == starts) {
      locks.remove(file);
    }
  }

  @Nullable ForgetfulFile file(Path path) {
    return entries.get(path);
  }
}
