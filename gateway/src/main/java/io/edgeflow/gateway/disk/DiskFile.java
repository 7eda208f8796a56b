package io.edgeflow.gateway.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file of a {@link Disk}. Reads and writes name their place, so readers do not disturb each
 * other.
 */
public interface DiskFile extends Closeable {
  /** Reads at most what the buffer has room for; -1 at the end of the file. */
  int read(ByteBuffer to, long offset) throws IOException;

  /** Writes at least one and at most all remaining bytes of the buffer. */
  int write(ByteBuffer from, long offset) throws IOException;

  /** Returns when the bytes written so far, and the size, survive a power cut. */
  void force() throws IOException;

  long size() throws IOException;
}
