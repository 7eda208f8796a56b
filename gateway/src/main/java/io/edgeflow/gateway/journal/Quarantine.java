package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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

  Quarantine(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Sets nothing aside: for whoever only looks. */
  static Quarantine none(Disk disk, Path directory) {
    return new Quarantine(disk, directory) {
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
        copy(segment.file(), from, to, target);
        disk.syncDirectory(folder);
      }
    } catch (IOException e) {
      LOG.warn("damaged bytes stay where they are: segment={} error={}", segment.id(), "" + e);
    }
  }

  private void copy(Path source, long from, long to, Path target) throws IOException {
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
      disk.rename(segment.file(), SegmentFiles.setAside(directory, segment.id(), 0));
      disk.syncDirectory(folder);
      disk.syncDirectory(directory);
    } catch (IOException e) {
      LOG.warn("a damaged file stays where it is: segment={} error={}", segment.id(), "" + e);
    }
  }
}
