package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A disk in front of another one that fails, stalls and writes short when it is told to. Any
 * thread.
 */
public final class FaultyDisk implements Disk {
  public enum Operation {
    LIST,
    CREATE,
    OPEN,
    READ,
    WRITE,
    FORCE,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  /** Decides about each operation before it is done. */
  @FunctionalInterface
  public interface Fault {
    /** Returns to let it pass, throws to fail it, blocks to stall it. */
    void before(Operation operation) throws IOException;

    /** As the other one, for an operation on a file. */
    default void before(Operation operation, Path file) throws IOException {
      before(operation);
    }
  }

  /** Every operation of that sort on one file fails, as where its blocks are bad. */
  public static Fault failing(Operation failing, Path bad) {
    return new Fault() {
      @Override
      public void before(Operation operation) {}

      @Override
      public void before(Operation operation, Path file) throws IOException {
        if (operation == failing && file.equals(bad)) {
          throw new IOException("made to fail: " + operation + " of " + file.getFileName());
        }
      }
    };
  }

  /** Every operation of that sort fails. */
  public static Fault failing(Operation failing) {
    return operation -> {
      if (operation == failing) {
        throw new IOException("made to fail: " + operation);
      }
    };
  }

  private final Disk disk;
  private final Map<Operation, LongAdder> counts = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom(7);
  private volatile Fault fault = operation -> {};
  private final Volume volume = new Volume();
  private final AtomicInteger garbled = new AtomicInteger();
  private volatile int longestWrite = Integer.MAX_VALUE;

  public FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  public void fault(Fault newFault) {
    fault = newFault;
  }

  /**
   * The volume has room for so many bytes: what is beyond is not written, after a part of it was.
   *
   * @param directories where files are already, which count
   */
  public void capacity(long bytes, Path... directories) throws IOException {
    volume.clear();
    volume.capacity(Long.MAX_VALUE);
    for (Path directory : directories) {
      for (Path path : disk.list(directory)) {
        if (Files.isDirectory(path)) {
          continue;
        }
        try (DiskFile file = disk.open(path)) {
          volume.grow(volume.create(path), 0, Math.toIntExact(file.size()));
        }
      }
    }
    volume.capacity(bytes);
  }

  /** Others take or free room on the volume; what lies on it stays. */
  public void capacity(long bytes) {
    volume.capacity(bytes);
  }

  /** What the files take, their names included. */
  public long used() {
    return volume.used();
  }

  public void heal() {
    fault = operation -> {};
    longestWrite = Integer.MAX_VALUE;
  }

  /** Every write takes at most so many bytes; what is left must be written again. */
  public void writeShort(int bytes) {
    longestWrite = bytes;
  }

  /** So many reads give a wrong byte, and say nothing. */
  public void garble(int reads) {
    garbled.set(reads);
  }

  /** How many operations of a sort were tried. */
  public long count(Operation operation) {
    LongAdder count = counts.get(operation);
    return count == null ? 0 : count.sum();
  }

  /** How many operations were tried. */
  public long count() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private void before(Operation operation) throws IOException {
    counts.computeIfAbsent(operation, o -> new LongAdder()).increment();
    fault.before(operation);
  }

  private void before(Operation operation, Path file) throws IOException {
    counts.computeIfAbsent(operation, o -> new LongAdder()).increment();
    fault.before(operation, file);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    before(Operation.LIST);
    return disk.list(directory);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    before(Operation.CREATE, file);
    if (volume.free() < Volume.ENTRY_BYTES) {
      throw Volume.full();
    }
    DiskFile created = disk.create(file);
    return new File(file, created, volume.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    before(Operation.OPEN, file);
    return new File(file, disk.open(file), volume.open(file));
  }

  @Override
  public DiskFile edit(Path file) throws IOException {
    before(Operation.OPEN, file);
    return new File(file, disk.edit(file), volume.open(file));
  }

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before(Operation.RENAME);
    disk.rename(from, to);
    volume.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    before(Operation.DELETE, file);
    disk.delete(file);
    volume.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before(Operation.SYNC_DIRECTORY);
    disk.syncDirectory(directory);
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return Math.min(disk.usableSpace(path), volume.free());
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    return disk.lock(file);
  }

  private final class File implements DiskFile {
    private final Path path;
    private final DiskFile file;
    private final Volume.Extent extent;

    File(Path path, DiskFile file, Volume.Extent extent) {
      this.path = path;
      this.file = file;
      this.extent = extent;
    }

    @Override
    public int read(ByteBuffer to, long offset) throws IOException {
      before(Operation.READ, path);
      int start = to.position();
      int count = file.read(to, offset);
      if (count > 0 && garbled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        to.put(start, (byte) ~to.get(start));
      }
      return count;
    }

    /** A write that fails has written a part, as on a disk that is full. */
    @Override
    public int write(ByteBuffer from, long offset) throws IOException {
      try {
        before(Operation.WRITE, path);
      } catch (IOException e) {
        part(from, offset, from.remaining() / 2);
        throw e;
      }
      return part(from, offset, Math.min(from.remaining(), longestWrite));
    }

    private int part(ByteBuffer from, long offset, int wanted) throws IOException {
      int bytes = volume.grow(extent, offset, wanted);
      ByteBuffer part = from.slice(from.position(), bytes);
      int written = bytes == 0 ? 0 : file.write(part, offset);
      from.position(from.position() + written);
      if (bytes < wanted) {
        throw Volume.full();
      }
      return written;
    }

    @Override
    public void force() throws IOException {
      try {
        before(Operation.FORCE, path);
      } catch (IOException e) {
        if (file instanceof ForgetfulHandle forgetful) {
          forgetful.failForce(random);
        }
        throw e;
      }
      file.force();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
