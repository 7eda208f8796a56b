package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads around bad blocks: what the disk cannot read comes as zeros, which never parse. */
final class TolerantReader {
  private static final int BLOCK_BYTES = 4096;
  private static final int ATTEMPTS = 3;

  private final DiskFile file;
  private boolean gaveUp;

  TolerantReader(DiskFile file) {
    this.file = file;
  }

  /** Whether there was a block that the disk could not read. */
  boolean gaveUp() {
    return gaveUp;
  }

  /** Fills the array as far as the file goes; returns how far. */
  int read(long offset, byte[] to) throws IOException {
    try {
      return readAll(offset, ByteBuffer.wrap(to));
    } catch (IOException unreadable) {
      return readBlocks(offset, to);
    }
  }

  private int readBlocks(long offset, byte[] to) throws IOException {
    int end = (int) Math.min(to.length, Math.max(0, file.size() - offset));
    for (int at = 0; at < end; ) {
      int block = (int) Math.min(end - at, BLOCK_BYTES - (offset + at) % BLOCK_BYTES);
      readBlock(offset + at, to, at, block);
      at += block;
    }
    return end;
  }

  private void readBlock(long offset, byte[] to, int at, int length) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        readAll(offset, ByteBuffer.wrap(to, at, length));
        return;
      } catch (IOException unreadable) {
        // Tries again, and then gives the block up.
      }
    }
    gaveUp = true;
    Arrays.fill(to, at, at + length, (byte) 0);
  }

  private int readAll(long offset, ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining() && file.read(to, offset + to.position() - start) > 0) {
      // Reads on until the buffer is full or the file ends.
    }
    return to.position() - start;
  }
}
