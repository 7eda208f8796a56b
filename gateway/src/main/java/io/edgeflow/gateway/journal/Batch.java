package io.edgeflow.gateway.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that are synced together. Reused: appending allocates nothing once the arrays have grown.
 * Filled by the owner and emptied by the syncing thread, never both at a time.
 */
final class Batch {
  private static final int INITIAL_BYTES = 1 << 18;

  /** What a burst made larger is given back. */
  private static final int KEPT_BYTES = 1 << 22;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  /** A stretch of the batch that goes to one segment. */
  static final class Section {
    private final int start;
    private final int firstWaiter;
    private final long numberBefore;
    private final @Nullable Checkpoint checkpoint;

    private Section(
        int start, int firstWaiter, long numberBefore, @Nullable Checkpoint checkpoint) {
      this.start = start;
      this.firstWaiter = firstWaiter;
      this.numberBefore = numberBefore;
      this.checkpoint = checkpoint;
    }

    /** Offset of its first record in the batch. */
    int start() {
      return start;
    }

    /** Index of its first waiter. */
    int firstWaiter() {
      return firstWaiter;
    }

    /** The log number before its first record. */
    long numberBefore() {
      return numberBefore;
    }

    /** What its segment begins with; null if it goes on in the current one. */
    @Nullable Checkpoint checkpoint() {
      return checkpoint;
    }
  }

  private final List<Section> sections = new ArrayList<>();
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;
  private @Nullable Durable[] waiters = new @Nullable Durable[256];
  private int[] waiterAt = new int[256];
  private int waiterCount;
  private long lastNumber;

  boolean isEmpty() {
    return sections.isEmpty();
  }

  void append(
      long number, int type, byte[] payload, int offset, int length, @Nullable Durable waiter) {
    ensure(RecordFormat.HEADER_BYTES + length);
    if (sections.isEmpty()) {
      sections.add(new Section(0, 0, number - 1, null));
    }
    RecordFormat.putHeader(bytes, size, type, length, number);
    System.arraycopy(payload, offset, bytes, size + RecordFormat.HEADER_BYTES, length);
    if (waiter != null) {
      addWaiter(waiter);
    }
    size += RecordFormat.HEADER_BYTES + length;
    lastNumber = number;
  }

  /** What follows goes to a new segment. */
  void roll(long numberBefore, Checkpoint checkpoint) {
    sections.add(new Section(size, waiterCount, numberBefore, checkpoint));
    lastNumber = numberBefore;
  }

  private void addWaiter(Durable waiter) {
    if (waiterCount == waiters.length) {
      waiters = Arrays.copyOf(waiters, waiterCount * 2);
      waiterAt = Arrays.copyOf(waiterAt, waiterCount * 2);
    }
    waiters[waiterCount] = waiter;
    waiterAt[waiterCount] = size;
    waiterCount++;
  }

  private void ensure(int more) {
    long needed = (long) size + more;
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("more than " + size + " bytes wait for a sync");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
    }
  }

  int sections() {
    return sections.size();
  }

  Section section(int index) {
    return sections.get(index);
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  int end(int section) {
    return section + 1 < sections.size() ? sections.get(section + 1).start() : size;
  }

  long lastNumber(int section) {
    return section + 1 < sections.size() ? sections.get(section + 1).numberBefore() : lastNumber;
  }

  int waitersEnd(int section) {
    return section + 1 < sections.size() ? sections.get(section + 1).firstWaiter() : waiterCount;
  }

  /** The offset in the batch of the record that a waiter waits for. */
  int waiterAt(int index) {
    return waiterAt[index];
  }

  /** Hands a waiter out, once. */
  Durable takeWaiter(int index) {
    Durable waiter = waiters[index];
    if (waiter == null) {
      throw new IllegalStateException("waiter " + index + " was taken already");
    }
    waiters[index] = null;
    return waiter;
  }

  void clear() {
    sections.clear();
    Arrays.fill(waiters, 0, waiterCount, null);
    waiterCount = 0;
    size = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }
}
