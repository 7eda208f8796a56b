package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How much room the files of a {@link FaultyDisk} take, and whether there is more. Any thread. */
final class Volume {
  /** What a name takes: a full volume takes no new file either. */
  static final long ENTRY_BYTES = 64;

  /** A file, under whatever name. */
  static final class Extent {
    private long size;
    private boolean deleted;
  }

  private final Map<Path, Extent> files = new HashMap<>();
  private long capacity = Long.MAX_VALUE;
  private long used;

  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  synchronized void clear() {
    files.clear();
    used = 0;
  }

  synchronized long used() {
    return used;
  }

  synchronized long free() {
    return Math.max(0, capacity - used);
  }

  synchronized Extent create(Path file) {
    Extent extent = new Extent();
    files.put(file, extent);
    used += ENTRY_BYTES;
    return extent;
  }

  /** One that was never told of takes nothing. */
  synchronized Extent open(Path file) {
    return files.getOrDefault(file, new Extent());
  }

  /** How many of these bytes there is room for; what is overwritten needs none. */
  synchronized int grow(Extent extent, long offset, int length) {
    if (extent.deleted) {
      return length; // Its room counts as given back.
    }
    long more = Math.max(0, offset + length - extent.size);
    long taken = Math.min(more, free());
    extent.size += taken;
    used += taken;
    return (int) Math.max(0, length - (more - taken));
  }

  synchronized void delete(Path file) {
    Extent extent = files.remove(file);
    if (extent != null) {
      extent.deleted = true;
      used -= extent.size + ENTRY_BYTES;
    }
  }

  synchronized void rename(Path from, Path to) {
    delete(to);
    Extent extent = files.remove(from);
    if (extent != null) {
      files.put(to, extent);
    }
  }

  static IOException full() {
    return new IOException("No space left on device");
  }
}
