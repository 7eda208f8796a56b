package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** An open {@link ForgetfulFile}; dead after the next power cut. */
record ForgetfulHandle(ForgetfulDisk disk, ForgetfulFile file, int start) implements DiskFile {
  @Override
  public int read(ByteBuffer to, long offset) throws IOException {
    disk.operation(start);
    byte[] bytes = new byte[to.remaining()];
    int count = file.read(bytes, offset);
    if (count > 0) {
      to.put(bytes, 0, count);
    }
    disk.read(count);
    return count;
  }

  @Override
  public int write(ByteBuffer from, long offset) throws IOException {
    disk.operation(start);
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    file.write(bytes, offset);
    return bytes.length;
  }

  @Override
  public void force() throws IOException {
    disk.operation(start);
    file.force();
  }

  /** What a sync does that fails. */
  void failForce(RandomGenerator random) {
    file.failForce(random);
  }

  @Override
  public long size() throws IOException {
    disk.operation(start);
    return file.size();
  }

  @Override
  public void close() {}
}
