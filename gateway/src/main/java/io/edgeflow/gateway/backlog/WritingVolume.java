package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A volume that is written. MapDB's first MiB, its head and index, is changed all the time: it
 * stays in memory until the end and is written behind the data, as far as it is used. Of the data
 * the last {@value #PAGES_HELD} pages are held, so that a page is written about once. So it holds 2
 * MiB, and 4 bytes for each page written.
 */
final class WritingVolume extends PagedVolume {
  static final int HEAD_PAGES = (1 << 20) >> PAGE_SHIFT;

  private static final int PAGES_HELD = HEAD_PAGES;

  private final DiskFile file;

  /** Where the pages begin in the file. */
  private final long start;

  private final byte[][] head = new byte[HEAD_PAGES][PAGE_BYTES];
  private final Map<Long, byte[]> held = new LinkedHashMap<>(2 * PAGES_HELD, 0.75f, true);

  /** Checksums of the pages that were written, in the order of the file. */
  private int[] checksums = new int[PAGES_HELD];

  /** How many pages of the file were written, or skipped and must be written yet. */
  private int written;

  private long length;

  WritingVolume(DiskFile file, long start) {
    this.file = file;
    this.start = start;
  }

  @Override
  byte[] page(long page, boolean toChange) {
    if (page < HEAD_PAGES) {
      return head[(int) page];
    }
    byte[] bytes = held.get(page);
    if (bytes == null) {
      try {
        writeEldest();
        bytes = load(Math.toIntExact(page - HEAD_PAGES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      held.put(page, bytes);
    }
    return bytes;
  }

  private byte[] load(int index) throws IOException {
    if (index >= written) {
      return new byte[PAGE_BYTES];
    }
    byte[] bytes = Bytes.read(file, placeOf(index), PAGE_BYTES);
    if (Bytes.checksum(bytes) != checksums[index]) {
      throw new Damaged("a page that was just written reads back differently");
    }
    return bytes;
  }

  private void writeEldest() throws IOException {
    if (held.size() >= PAGES_HELD) {
      Map.Entry<Long, byte[]> eldest = held.entrySet().iterator().next();
      write(Math.toIntExact(eldest.getKey() - HEAD_PAGES), eldest.getValue());
      held.remove(eldest.getKey());
    }
  }

  /** Pages that are passed over are written as zeros, so that the file has no holes. */
  private void write(int index, byte[] bytes) throws IOException {
    while (written < index) {
      put(written, new byte[PAGE_BYTES]);
    }
    put(index, bytes);
  }

  private void put(int index, byte[] bytes) throws IOException {
    if (index >= checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * checksums.length);
    }
    Bytes.write(file, placeOf(index), bytes);
    checksums[index] = Bytes.checksum(bytes);
    written = Math.max(written, index + 1);
  }

  private long placeOf(int index) {
    return start + (long) index * PAGE_BYTES;
  }

  /** Writes what is held; MapDB must have closed its store. */
  Pages finish() throws IOException {
    for (Map.Entry<Long, byte[]> entry : held.entrySet()) {
      int index = Math.toIntExact(entry.getKey() - HEAD_PAGES);
      if (index < written || used(entry.getValue())) {
        write(index, entry.getValue());
      }
    }
    int data = written;
    int last = HEAD_PAGES;
    while (last > 0 && !used(head[last - 1])) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      put(data + i, head[i]);
    }
    return new Pages(data, last, length);
  }

  private static boolean used(byte[] page) {
    for (byte b : page) {
      if (b != 0) {
        return true;
      }
    }
    return false;
  }

  /** The checksums of all pages, when they are finished. */
  byte[] table() {
    ByteBuffer table = ByteBuffer.allocate(written * Integer.BYTES);
    table.asIntBuffer().put(checksums, 0, written);
    return table.array();
  }

  /**
   * What was written.
   *
   * @param data how many pages of data
   * @param head how many pages of MapDB's first MiB, behind them
   */
  record Pages(int data, int head, long logicalBytes) {}

  @Override
  public void ensureAvailable(long offset) {
    length = Math.max(length, offset);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }
}
