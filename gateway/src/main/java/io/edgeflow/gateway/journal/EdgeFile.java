package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The file that fixes whose directory this is (J6): one line, {@code edge=NAME}. */
final class EdgeFile {
  private static final String BEFORE_NAME = "edge=";

  private final Disk disk;
  private final Path directory;

  EdgeFile(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Empty if there is none, or it is damaged: the segments tell as well. */
  Optional<String> read() throws IOException {
    Path file = directory.resolve(SegmentFiles.EDGE);
    if (!disk.list(directory).contains(file)) {
      return Optional.empty();
    }
    byte[] text = new byte[2 * SegmentHeader.MAX_EDGE_BYTES];
    int length;
    try (DiskFile open = disk.open(file)) {
      length = new TolerantReader(open).read(0, text);
    }
    String line = new String(text, 0, length, StandardCharsets.UTF_8);
    return line.startsWith(BEFORE_NAME) && line.endsWith("\n")
        ? Optional.of(line.substring(BEFORE_NAME.length(), line.length() - 1))
        : Optional.empty();
  }

  /** Complete or not there at all, whenever the power goes away. Returns the file. */
  Path write(String edge) throws IOException {
    Path file = directory.resolve(SegmentFiles.EDGE);
    Path temporary = SegmentFiles.temporary(file);
    disk.delete(temporary);
    ByteBuffer line = ByteBuffer.wrap((BEFORE_NAME + edge + "\n").getBytes(StandardCharsets.UTF_8));
    try (DiskFile open = disk.create(temporary)) {
      while (line.hasRemaining()) {
        open.write(line, line.position());
      }
      open.force();
    }
    disk.rename(temporary, file);
    disk.syncDirectory(directory);
    return file;
  }
}
