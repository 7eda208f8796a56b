package io.edgeflow.lab.torn;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One place of damage.
 *
 * @param mask what is flipped in the byte; 0 to cut the file off before it
 */
record Wound(Path file, int offset, int mask) {
  boolean cuts() {
    return mask == 0;
  }

  /** A copy of the disk that has it. */
  ForgetfulDisk inflict(ForgetfulDisk whole) {
    ForgetfulDisk copy = whole.copy();
    byte[] bytes = whole.bytes(file);
    if (cuts()) {
      bytes = Arrays.copyOf(bytes, offset);
    } else {
      bytes = bytes.clone();
      bytes[offset] ^= (byte) mask;
    }
    copy.put(file, bytes);
    return copy;
  }

  @Override
  public String toString() {
    return cuts()
        ? "%s cut off at %d".formatted(file.getFileName(), offset)
        : "%s with byte %d xor %02x".formatted(file.getFileName(), offset, mask);
  }
}
