package io.edgeflow.gateway.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** The bytes of a file as programs see them, and as the platter has them. */
final class ForgetfulFile {
  static final int SECTOR_BYTES = 512;

  private byte[] seen;
  private byte[] durable;

  /** Sectors that were written since they were last synced. */
  private final BitSet dirty = new BitSet();

  ForgetfulFile(byte[] bytes) {
    seen = bytes.clone();
    durable = bytes.clone();
  }

  synchronized byte[] bytes() {
    return seen.clone();
  }

  synchronized int size() {
    return seen.length;
  }

  synchronized int read(byte[] to, long offset) {
    if (offset >= seen.length) {
      return -1;
    }
    int count = (int) Math.min(to.length, seen.length - offset);
    System.arraycopy(seen, (int) offset, to, 0, count);
    return count;
  }

  synchronized void write(byte[] from, long offset) {
    int end = (int) offset + from.length;
    if (end > seen.length) {
      seen = Arrays.copyOf(seen, end);
    }
    System.arraycopy(from, 0, seen, (int) offset, from.length);
    dirty.set((int) offset / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
  }

  synchronized void force() {
    durable = Arrays.copyOf(durable, seen.length);
    dirty.stream().forEach(sector -> copySector(seen, durable, sector));
    dirty.clear();
  }

  /**
   * A sync failed: the system takes the sectors for clean and shows them on, but the platter never
   * gets them.
   */
  synchronized void failForce(RandomGenerator random) {
    durable = Arrays.copyOf(durable, random.nextBoolean() ? seen.length : durable.length);
    dirty.stream().filter(s -> random.nextBoolean()).forEach(s -> copySector(seen, durable, s));
    dirty.clear();
  }

  private static void copySector(byte[] from, byte[] to, int sector) {
    int start = sector * SECTOR_BYTES;
    int length = Math.min(SECTOR_BYTES, Math.min(from.length, to.length) - start);
    if (length > 0) {
      System.arraycopy(from, start, to, start, length);
    }
  }

  /**
   * The power went: of what was not synced some is there, some is not, and some was never written
   * over.
   */
  synchronized void forget(RandomGenerator random) {
    int size = durable.length;
    if (seen.length > size) {
      size =
          switch (random.nextInt(3)) {
            case 0 -> size;
            case 1 -> seen.length;
            default -> random.nextInt(size, seen.length + 1);
          };
    }
    byte[] left = Arrays.copyOf(durable, size);
    if (random.nextInt(4) == 0) {
      for (int i = durable.length; i < size; i++) {
        left[i] = (byte) random.nextInt();
      }
    }
    dirty.stream().filter(s -> random.nextBoolean()).forEach(s -> copySector(seen, left, s));
    dirty.clear();
    seen = left;
    durable = left.clone();
  }
}
