package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads around bad blocks: what the disk refuses comes as zeros, which are no piece. */
final class SalvageReader {
  private static final int BLOCK_BYTES = 4096;

  private final DiskFile file;
  private boolean refused;

  SalvageReader(DiskFile file) {
    this.file = file;
  }

  boolean refused() {
    return refused;
  }

  /** So many bytes, or as many as the file has from there. */
  byte[] read(long offset, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    if (!filled(offset, buffer)) {
      refused = true;
      buffer.clear();
      for (int at = 0; at < length; at += BLOCK_BYTES) {
        buffer.limit(Math.min(length, at + BLOCK_BYTES)).position(at);
        boolean block = filled(offset + at, buffer);
        if (block && buffer.hasRemaining()) {
          break;
        }
        buffer.position(buffer.limit());
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Reads as far as the file goes; false if the disk refused. */
  private boolean filled(long offset, ByteBuffer buffer) {
    int start = buffer.position();
    try {
      while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position() - start) > 0) {
        // Reads on until the buffer is full or the file ends.
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
