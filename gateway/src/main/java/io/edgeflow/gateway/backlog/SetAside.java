package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of damaged files, for inspection: {@value #MOST_FILES} files and 64 MiB at most, the
 * oldest go first.
 */
final class SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  static final int MOST_FILES = 8;
  static final long MOST_BYTES = 1L << 26;

  private final Disk disk;
  private final Path directory;
  private final Path folder;
  private volatile long bytes;

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

  /** What they take together, as it was measured last. Never blocks; any thread. */
  long bytes() {
    return bytes;
  }

  /** Looks at what they take; what the disk does not tell counts as nothing. */
  void measure() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      sum += sizeIfKnown(file);
    }
    bytes = sum;
  }

  private long sizeIfKnown(Path file) {
    try {
      return disk.size(file);
    } catch (IOException e) {
      LOG.warn("the size of a damaged file is unknown: file={} error={}", file, e.toString());
      return 0;
    }
  }

  void take(Path file, long fileBytes) throws IOException {
    disk.createDirectories(folder);
    try {
      makeRoom(fileBytes);
      if (fileBytes > MOST_BYTES) {
        disk.delete(file);
      } else {
        disk.rename(file, folder.resolve(file.getFileName()));
      }
    } finally {
      measure();
    }
    disk.syncDirectory(folder);
    disk.syncDirectory(directory);
  }

  private void makeRoom(long fileBytes) throws IOException {
    List<Path> there = files();
    long sum = fileBytes;
    int kept = 1;
    for (Path file : there.reversed()) {
      sum += disk.size(file);
      kept++;
      if (sum > MOST_BYTES || kept > MOST_FILES) {
        disk.delete(file);
      }
    }
  }
}
