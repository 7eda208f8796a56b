package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Appends to one segment's file, through a buffer that is lent to it. Syncing thread only. */
final class SegmentWriter implements Closeable {
  private final DiskFile file;
  private final SegmentKey key;
  private final int mask;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private final byte[] small = new byte[RecordFormat.COMMIT_BYTES];
  private long written;
  private long synced;

  SegmentWriter(DiskFile file, SegmentKey key, ByteBuffer buffer) {
    this.file = file;
    this.key = key;
    this.mask = key.mask();
    this.buffer = buffer.clear();
  }

  long id() {
    return key.id();
  }

  /** Where the next byte goes. */
  long offset() {
    return written + buffer.position();
  }

  /** Up to which offset a sync has succeeded. */
  long synced() {
    return synced;
  }

  void put(byte[] bytes) throws IOException {
    put(bytes, 0, bytes.length);
  }

  /** Puts records of a batch, completing their checksums in place. */
  void putRecords(byte[] batch, int start, int end) throws IOException {
    for (int at = start; at < end; ) {
      RecordFormat.seal(batch, at, mask, crc);
      at += RecordFormat.HEADER_BYTES + RecordFormat.length(batch, at);
    }
    put(batch, start, end - start);
  }

  void putCheckpoint(long number, Checkpoint checkpoint) throws IOException {
    RecordFormat.putHeader(small, 0, RecordFormat.CHECKPOINT, checkpoint.length(), number);
    RecordFormat.seal(small, checkpoint.pieces(), mask, crc);
    put(small, 0, RecordFormat.HEADER_BYTES);
    for (byte[] piece : checkpoint.pieces()) {
      put(piece);
    }
  }

  /** Ends a batch, telling what was synced before it; or, as a marker, that there is no batch. */
  void putCommit(int type, long number) throws IOException {
    RecordFormat.putHeader(small, 0, type, RecordFormat.COMMIT_PAYLOAD, number);
    RecordFormat.putLong(small, RecordFormat.HEADER_BYTES, synced);
    RecordFormat.seal(small, 0, mask, crc);
    put(small, 0, small.length);
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, buffer.remaining());
      buffer.put(bytes, offset + done, part);
      done += part;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      int count = file.write(buffer, written);
      if (count <= 0) {
        throw new IOException("the disk takes no bytes");
      }
      written += count;
    }
    buffer.clear();
  }

  void sync() throws IOException {
    flush();
    file.force();
    synced = written;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
