package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file behind a channel. */
record NioDiskFile(FileChannel channel) implements DiskFile {
  @Override
  public int read(ByteBuffer to, long offset) throws IOException {
    return channel.read(to, offset);
  }

  @Override
  public int write(ByteBuffer from, long offset) throws IOException {
    return channel.write(from, offset);
  }

  /**
   * Without the times of the file: they cost a second write of the inode and nobody relies on them.
   */
  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
