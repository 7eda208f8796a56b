package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Whole reads and writes at a place of a file, and checksums. */
final class Bytes {
  private Bytes() {}

  static void write(DiskFile file, long offset, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer, offset + buffer.position());
    }
  }

  /**
   * @throws Damaged if the file ends before
   */
  static byte[] read(DiskFile file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    fill(file, offset, bytes);
    return bytes;
  }

  static void fill(DiskFile file, long offset, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) <= 0) {
        throw new Damaged("the file ends at " + (offset + buffer.position()));
      }
    }
  }

  static int checksum(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  static int checksum(byte[] bytes) {
    return checksum(bytes, 0, bytes.length);
  }
}
