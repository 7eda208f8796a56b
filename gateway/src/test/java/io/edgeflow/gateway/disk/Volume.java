package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How much room the files of a {@link FaultyDisk} take, and whether there is more. Any thread. */
final class Volume {
  /** What a name takes: a full volume takes no new file either. */
  static final long ENTRY_BYTES = 64;

  private final Map<Path, Long> sizes = new HashMap<>();
  private long capacity = Long.MAX_VALUE;
  private long used;

  /** Files that are there already are told with {@link #create} and {@link #grow}. */
  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  synchronized void clear() {
    sizes.clear();
    used = 0;
  }

  synchronized long used() {
    return used;
  }

  synchronized long free() {
    return Math.max(0, capacity - used);
  }

  synchronized void create(Path file) {
    sizes.put(file, 0L);
    used += ENTRY_BYTES;
  }

  /** How many of these bytes there is room for; what is overwritten needs none. */
  synchronized int grow(Path file, long offset, int length) {
    Long size = sizes.get(file);
    if (size == null) {
      return length; // Deleted while it was open: its room counts as given back.
    }
    long more = Math.max(0, offset + length - size);
    long taken = Math.min(more, free());
    sizes.put(file, size + taken);
    used += taken;
    return (int) Math.max(0, length - (more - taken));
  }

  synchronized void delete(Path file) {
    Long size = sizes.remove(file);
    used -= size == null ? 0 : size + ENTRY_BYTES;
  }

  synchronized void rename(Path from, Path to) {
    delete(to);
    Long size = sizes.remove(from);
    if (size != null) {
      sizes.put(to, size);
    }
  }

  static IOException full() {
    return new IOException("No space left on device");
  }
}
