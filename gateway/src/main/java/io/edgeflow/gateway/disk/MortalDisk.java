package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link ForgetfulDisk} for one process; dead when that is. */
record MortalDisk(ForgetfulDisk disk, int start) implements Disk {
  @Override
  public void createDirectories(Path directory) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      disk.createDirectories(directory);
    }
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      return disk.list(directory);
    }
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      return disk.create(file);
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      return disk.open(file);
    }
  }

  @Override
  public DiskFile edit(Path file) throws IOException {
    return open(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      disk.rename(from, to);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      disk.delete(file);
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      disk.syncDirectory(directory);
    }
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      return disk.usableSpace(path);
    }
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    synchronized (disk) {
      disk.mustLive(start);
      return disk.lock(file);
    }
  }
}
