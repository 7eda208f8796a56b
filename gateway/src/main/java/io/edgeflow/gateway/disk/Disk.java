package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system as journal and backlog see it, so that tests can make it stall, fail and forget.
 * Any thread may call.
 *
 * <p>What a {@link DiskFile#force} has returned for survives a power cut, and so does a directory
 * entry after {@link #syncDirectory}; nothing else is relied upon.
 */
public interface Disk {
  void createDirectories(Path directory) throws IOException;

  /** The entries of a directory in no particular order; empty if there is no such directory. */
  List<Path> list(Path directory) throws IOException;

  /** A new file for reading and writing; fails if there is one already. */
  DiskFile create(Path file) throws IOException;

  /**
   * An existing file for reading; any number of readers may have it open, also while it is deleted.
   */
  DiskFile open(Path file) throws IOException;

  /** An existing file for reading and writing; what is in it stays. */
  DiskFile edit(Path file) throws IOException;

  /** The size of an existing file, which may be known although it cannot be opened. */
  default long size(Path file) throws IOException {
    try (DiskFile opened = open(file)) {
      return opened.size();
    }
  }

  /** Replaces an existing target in one step. */
  void rename(Path from, Path to) throws IOException;

  /** Nothing happens if there is no such file. */
  void delete(Path file) throws IOException;

  /** Makes the creations, renames and deletions in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that can still be written to the volume which holds the path. */
  long usableSpace(Path path) throws IOException;

  /**
   * Takes an exclusive lock that ends with the process at the latest, and records who holds it.
   *
   * @throws DirectoryInUse if somebody else holds it; its message tells who
   */
  Closeable lock(Path file) throws IOException;
}
