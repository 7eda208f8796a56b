package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads around bad blocks: what the disk cannot read comes as zeros, which never parse. */
final class TolerantReader {
  private static final int BLOCK_BYTES = 4096;

  private TolerantReader() {}

  /** Fills the array as far as the file goes; returns how far. */
  static int read(DiskFile file, long offset, byte[] to) throws IOException {
    try {
      return readAll(file, offset, ByteBuffer.wrap(to));
    } catch (IOException unreadable) {
      return readBlocks(file, offset, to);
    }
  }

  private static int readBlocks(DiskFile file, long offset, byte[] to) throws IOException {
    int end = (int) Math.min(to.length, Math.max(0, file.size() - offset));
    for (int at = 0; at < end; ) {
      int block = (int) Math.min(end - at, BLOCK_BYTES - (offset + at) % BLOCK_BYTES);
      try {
        readAll(file, offset + at, ByteBuffer.wrap(to, at, block));
      } catch (IOException unreadable) {
        Arrays.fill(to, at, at + block, (byte) 0);
      }
      at += block;
    }
    return end;
  }

  private static int readAll(DiskFile file, long offset, ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining() && file.read(to, offset + to.position() - start) > 0) {
      // Reads on until the buffer is full or the file ends.
    }
    return to.position() - start;
  }
}
