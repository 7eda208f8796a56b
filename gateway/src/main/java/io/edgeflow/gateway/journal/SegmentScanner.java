package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finds the intact records of a segment's file. Whatever the file holds, it allocates no more than
 * a window, and for a payload no more than the file has bytes.
 */
final class SegmentScanner implements Closeable {
  /** An intact record. */
  record Entry(long offset, int type, long number, int length) {
    long end() {
      return offset + RecordFormat.HEADER_BYTES + length;
    }
  }

  private static final int WINDOW_BYTES = 1 << 18;

  private final DiskFile file;
  private final TolerantReader reader;
  private final SegmentKey key;
  private final int mask;
  private final long size;
  private final byte[] window = new byte[WINDOW_BYTES];
  private final CRC32C crc = new CRC32C();
  private long windowAt;
  private int windowBytes;

  SegmentScanner(DiskFile file, SegmentKey key) throws IOException {
    this.file = file;
    this.key = key;
    this.mask = key.mask();
    this.size = file.size();
    this.reader = new TolerantReader(file);
  }

  long segment() {
    return key.id();
  }

  long size() {
    return size;
  }

  /** The record that begins exactly here, if one does. */
  @Nullable Entry at(long offset) throws IOException {
    if (offset + RecordFormat.HEADER_BYTES > size || !load(offset, RecordFormat.HEADER_BYTES)) {
      return null;
    }
    int at = (int) (offset - windowAt);
    if (!RecordFormat.plausible(window, at, size - offset - RecordFormat.HEADER_BYTES)) {
      return null;
    }
    int expected = RecordFormat.checksum(window, at);
    Entry entry =
        new Entry(
            offset,
            RecordFormat.type(window, at),
            RecordFormat.number(window, at),
            RecordFormat.length(window, at));
    return intact(entry, expected) ? entry : null;
  }

  /** The first record that begins here or behind. */
  @Nullable Entry next(long offset) throws IOException {
    for (long at = offset; at + RecordFormat.HEADER_BYTES <= size; at++) {
      Entry entry = at(at);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Up to which offset the file was synced, as far as intact commits at an offset or behind it
   * tell; else 0.
   */
  long proof(long from) throws IOException {
    long proof = 0;
    for (Entry e = next(from); e != null; e = next(e.end())) {
      if (RecordFormat.isCommit(e.type())) {
        proof = Math.max(proof, syncedBefore(e));
      }
    }
    return proof;
  }

  /** What a commit or marker says: up to which offset the file was synced when it was written. */
  long syncedBefore(Entry commit) throws IOException {
    return RecordFormat.isMarker(commit.type())
        ? commit.offset()
        : RecordFormat.getLong(payload(commit), 0);
  }

  byte[] payload(Entry entry) throws IOException {
    byte[] payload = new byte[entry.length()];
    long from = entry.offset() + RecordFormat.HEADER_BYTES;
    for (int done = 0; done < payload.length; ) {
      int part = Math.min(payload.length - done, WINDOW_BYTES);
      if (!load(from + done, part)) {
        throw new IOException("the file became shorter while it was read");
      }
      System.arraycopy(window, (int) (from + done - windowAt), payload, done, part);
      done += part;
    }
    return payload;
  }

  private boolean intact(Entry entry, int checksum) throws IOException {
    crc.reset();
    long end = entry.end();
    for (long at = entry.offset() + RecordFormat.CRC_BYTES; at < end; ) {
      int part = (int) Math.min(end - at, WINDOW_BYTES);
      if (!load(at, part)) {
        return false;
      }
      crc.update(window, (int) (at - windowAt), part);
      at += part;
    }
    return ((int) crc.getValue() ^ mask) == checksum;
  }

  /** Makes the window hold these bytes; false if the file ends before. */
  private boolean load(long offset, int length) throws IOException {
    if (offset < windowAt || offset + length > windowAt + windowBytes) {
      windowAt = offset;
      windowBytes = reader.read(offset, window);
    }
    return length <= windowBytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
