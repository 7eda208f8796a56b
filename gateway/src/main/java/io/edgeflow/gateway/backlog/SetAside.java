package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The folder of damaged files, for inspection: {@value #MOST_FILES} files and 64 MiB at most, the
 * oldest go first.
 */
final class SetAside {
  static final int MOST_FILES = 8;
  static final long MOST_BYTES = 1L << 26;

  private final Disk disk;
  private final Path directory;
  private final Path folder;

  SetAside(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
    this.folder = directory.resolve(FileNames.DAMAGED);
  }

  List<Path> files() throws IOException {
    return disk.list(folder).stream()
        .filter(file -> FileNames.id(file).isPresent())
        .sorted(Comparator.comparing(Path::toString))
        .toList();
  }

  void take(Path file, long bytes) throws IOException {
    disk.createDirectories(folder);
    makeRoom(bytes);
    if (bytes > MOST_BYTES) {
      disk.delete(file);
    } else {
      disk.rename(file, folder.resolve(file.getFileName()));
    }
    disk.syncDirectory(folder);
    disk.syncDirectory(directory);
  }

  private void makeRoom(long bytes) throws IOException {
    List<Path> there = files();
    long sum = bytes;
    int kept = 1;
    for (Path file : there.reversed()) {
      sum += size(file);
      kept++;
      if (sum > MOST_BYTES || kept > MOST_FILES) {
        disk.delete(file);
      }
    }
  }

  private long size(Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      return file.size();
    }
  }
}
