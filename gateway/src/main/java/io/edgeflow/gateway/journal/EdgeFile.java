package io.edgeflow.gateway.journal;

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

  /** Empty if there is none, or it was torn when the directory was created. */
  Optional<String> read() throws IOException {
    Path file = directory.resolve(SegmentFiles.EDGE);
    if (!disk.list(directory).contains(file)) {
      return Optional.empty();
    }
    ByteBuffer text = ByteBuffer.allocate(2 * SegmentHeader.MAX_EDGE_BYTES);
    try (DiskFile open = disk.open(file)) {
      while (text.hasRemaining() && open.read(text, text.position()) > 0) {
        // Reads on until the end.
      }
    }
    String line = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    return line.startsWith(BEFORE_NAME) && line.endsWith("\n")
        ? Optional.of(line.substring(BEFORE_NAME.length(), line.length() - 1))
        : Optional.empty();
  }

  /** Complete or not there at all, whenever the power goes away. */
  void write(String edge) throws IOException {
    Path temporary = directory.resolve(SegmentFiles.EDGE + SegmentFiles.TEMPORARY);
    disk.delete(temporary);
    ByteBuffer line = ByteBuffer.wrap((BEFORE_NAME + edge + "\n").getBytes(StandardCharsets.UTF_8));
    try (DiskFile file = disk.create(temporary)) {
      while (line.hasRemaining()) {
        file.write(line, line.position());
      }
      file.force();
    }
    disk.rename(temporary, directory.resolve(SegmentFiles.EDGE));
    disk.syncDirectory(directory);
  }
}
