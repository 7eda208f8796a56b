package io.edgeflow.lab.doom;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.lab.doom.Point.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A disk in front of another one, at one operation of which the process ends. Any thread. */
final class DoomedDisk implements Disk {
  private final Disk disk;
  private final Doom.Countdown countdown;
  private final Runnable death;

  /**
   * @param death does not return in a real process
   */
  DoomedDisk(Disk disk, Doom doom, Runnable death) {
    this.disk = disk;
    this.countdown = new Doom.Countdown(doom);
    this.death = death;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T at(Operation operation, Path file, Work<T> work) throws IOException {
    if (!countdown.reached(operation, file)) {
      return work.run();
    }
    if (!countdown.done()) {
      death.run();
    }
    T result = work.run();
    death.run();
    return result;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return at(Operation.LIST, directory, () -> disk.list(directory));
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return at(Operation.CREATE, file, () -> new DoomedFile(file, disk.create(file)));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return at(Operation.OPEN, file, () -> new DoomedFile(file, disk.open(file)));
  }

  @Override
  public DiskFile edit(Path file) throws IOException {
    return at(Operation.OPEN, file, () -> new DoomedFile(file, disk.edit(file)));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    at(
        Operation.RENAME,
        to,
        () -> {
          disk.rename(from, to);
          return to;
        });
  }

  @Override
  public void delete(Path file) throws IOException {
    at(
        Operation.DELETE,
        file,
        () -> {
          disk.delete(file);
          return file;
        });
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    at(
        Operation.SYNC_DIRECTORY,
        directory,
        () -> {
          disk.syncDirectory(directory);
          return directory;
        });
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return disk.usableSpace(path);
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    return disk.lock(file);
  }

  private final class DoomedFile implements DiskFile {
    private final Path path;
    private final DiskFile file;

    DoomedFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to, long offset) throws IOException {
      return at(Operation.READ, path, () -> file.read(to, offset));
    }

    /** Who dies while it writes has written a part. */
    @Override
    public int write(ByteBuffer from, long offset) throws IOException {
      if (!countdown.reached(Operation.WRITE, path)) {
        return file.write(from, offset);
      }
      int part = countdown.done() ? from.remaining() : from.remaining() / 2;
      int written = part == 0 ? 0 : file.write(from.slice(from.position(), part), offset);
      death.run();
      return written;
    }

    @Override
    public void force() throws IOException {
      at(
          Operation.FORCE,
          path,
          () -> {
            file.force();
            return path;
          });
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
