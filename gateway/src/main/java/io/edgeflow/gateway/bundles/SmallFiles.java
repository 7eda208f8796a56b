package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Documents of the store, read and written whole. */
final class SmallFiles {
  static final String PART = ".tmp";

  private SmallFiles() {}

  /**
   * Empty if there is no such file, or it has more bytes than that.
   *
   * @throws IOException if it is there and cannot be read
   */
  static Optional<byte[]> read(Disk disk, Path file, int most) throws IOException {
    try (DiskFile open = disk.open(file)) {
      if (open.size() > most) {
        return Optional.empty();
      }
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(open.size()));
      while (all.hasRemaining() && open.read(all, all.position()) > 0) {
        // On to the rest.
      }
      return all.hasRemaining() ? Optional.empty() : Optional.of(all.array());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** On the disk when it returns: this, or as it was. */
  static void replace(Disk disk, Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + PART);
    disk.delete(part);
    try (DiskFile out = disk.create(part)) {
      write(out, ByteBuffer.wrap(content), 0);
      out.force();
    }
    disk.rename(part, file);
    disk.syncDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file"));
  }

  /** All of it. */
  static void write(DiskFile out, ByteBuffer bytes, long at) throws IOException {
    long next = at;
    while (bytes.hasRemaining()) {
      next += out.write(bytes, next);
    }
  }
}
