package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Another disk, of which nothing can be changed. Files that were left incomplete are not shown:
 * whoever may write deletes them first.
 */
public final class ReadOnlyDisk implements Disk {
  private static final String INCOMPLETE = ".tmp";

  private final Disk disk;

  public ReadOnlyDisk(Disk disk) {
    this.disk = disk;
  }

  /** Makes nothing: an absent directory reads like an empty one. */
  @Override
  public void createDirectories(Path directory) {}

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory).stream()
        .filter(file -> !file.toString().endsWith(INCOMPLETE))
        .toList();
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    throw refusal(file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new ReadOnlyFile(disk.open(file), file);
  }

  @Override
  public DiskFile edit(Path file) throws IOException {
    throw refusal(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw refusal(from);
  }

  @Override
  public void delete(Path file) throws IOException {
    throw refusal(file);
  }

  /** Nothing: whoever only looks takes what is seen as it is. */
  @Override
  public void syncDirectory(Path directory) {}

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return disk.usableSpace(path);
  }

  /** A lock names its owner in the file, so there is none to be had here. */
  @Override
  public Closeable lock(Path file) throws IOException {
    throw refusal(file);
  }

  private static IOException refusal(Path file) {
    return new IOException(file + " is only read here, never changed");
  }

  private record ReadOnlyFile(DiskFile file, Path path) implements DiskFile {
    @Override
    public int read(ByteBuffer to, long offset) throws IOException {
      return file.read(to, offset);
    }

    @Override
    public int write(ByteBuffer from, long offset) throws IOException {
      throw refusal(path);
    }

    @Override
    public void force() throws IOException {
      throw refusal(path);
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
