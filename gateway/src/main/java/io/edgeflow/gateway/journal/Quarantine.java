package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets damaged bytes aside for inspection, as far as the disk lets it: a start never fails here
 * (J2).
 */
class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final int CHUNK_BYTES = 1 << 16;

  private final Disk disk;
  private final Path directory;
  private final long mostBytes;

  /**
   * @param mostBytes of all files together; but the newest one stays, whatever its size
   */
  Quarantine(Disk disk, Path directory, long mostBytes) {
    this.disk = disk;
    this.directory = directory;
    this.mostBytes = mostBytes;
  }

  /** Sets nothing aside: for whoever only looks. */
  static Quarantine none(Disk disk, Path directory) {
    return new Quarantine(disk, directory, 0) {
      @Override
      void copy(Inventory.Found segment, long from, long to) {}

      @Override
      void move(Inventory.Found segment) {}
    };
  }

  /** Copies a stretch, once: the next start finds the copy. */
  void copy(Inventory.Found segment, long from, long to) {
    Path target = SegmentFiles.setAside(directory, segment.id(), from);
    try {
      Path folder = directory.resolve(SegmentFiles.DAMAGED);
      disk.createDirectories(folder);
      if (to > from && !disk.list(folder).contains(target)) {
        write(segment.file(), from, Math.min(to, from + mostBytes), target);
        disk.syncDirectory(folder);
        makeRoom(target);
      }
    } catch (IOException e) {
      LOG.warn("damaged bytes stay where they are: segment={} error={}", segment.id(), "" + e);
    }
  }

  /** Whole or not at all: a full disk must not keep a part of it. */
  private void write(Path source, long from, long to, Path target) throws IOException {
    Path temporary = SegmentFiles.temporary(target);
    disk.delete(temporary);
    try {
      fill(source, from, to, temporary);
      disk.rename(temporary, target);
    } catch (IOException e) {
      discard(temporary);
      throw e;
    }
  }

  private void discard(Path temporary) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      LOG.warn("a part of damaged bytes stays: file={} error={}", temporary.getFileName(), "" + e);
    }
  }

  /** The oldest go first, and those that a process left incomplete; what was just kept stays. */
  private void makeRoom(Path newest) throws IOException {
    long sum = 0;
    boolean deleted = false;
    for (Path file : files().reversed()) {
      long bytes = size(file);
      boolean fits = sum + bytes <= mostBytes && !SegmentFiles.isTemporary(file);
      if (fits || file.equals(newest)) {
        sum += bytes;
      } else {
        disk.delete(file);
        deleted = true;
      }
    }
    if (deleted) {
      disk.syncDirectory(directory.resolve(SegmentFiles.DAMAGED));
    }
  }

  /** Oldest first. */
  private List<Path> files() throws IOException {
    return disk.list(directory.resolve(SegmentFiles.DAMAGED)).stream()
        .filter(file -> SegmentFiles.setAsideId(file).isPresent())
        .sorted(
            Comparator.comparingLong((Path file) -> SegmentFiles.setAsideId(file).orElse(0))
                .thenComparing(Path::toString))
        .toList();
  }

  /** What is set aside takes so much; 0 if the disk does not say. */
  long bytes() {
    try {
      long sum = 0;
      for (Path file : files()) {
        sum += size(file);
      }
      return sum;
    } catch (IOException e) {
      LOG.warn("the size of what is set aside is unknown: error={}", e.toString());
      return 0;
    }
  }

  private long size(Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      return file.size();
    }
  }

  private void fill(Path source, long from, long to, Path target) throws IOException {
    try (DiskFile in = disk.open(source);
        DiskFile out = disk.create(target)) {
      TolerantReader reader = new TolerantReader(in);
      for (long at = from; at < to; ) {
        byte[] chunk = new byte[(int) Math.min(to - at, CHUNK_BYTES)];
        int count = reader.read(at, chunk);
        if (count == 0) {
          break;
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
        while (bytes.hasRemaining()) {
          out.write(bytes, at - from + bytes.position());
        }
        at += count;
      }
      out.force();
    }
  }

  /**
   * Moves a file whose header tells nothing out of the way, unless the next start may be able to
   * read it.
   */
  void move(Inventory.Found segment) {
    if (segment.failed()) {
      return;
    }
    try {
      if (segment.size() == 0) {
        disk.delete(segment.file());
        return;
      }
      Path folder = directory.resolve(SegmentFiles.DAMAGED);
      disk.createDirectories(folder);
      Path target = SegmentFiles.setAside(directory, segment.id(), 0);
      disk.rename(segment.file(), target);
      disk.syncDirectory(folder);
      disk.syncDirectory(directory);
      makeRoom(target);
    } catch (IOException e) {
      LOG.warn("a damaged file stays where it is: segment={} error={}", segment.id(), "" + e);
    }
  }
}
