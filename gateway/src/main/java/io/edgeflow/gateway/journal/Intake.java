package io.edgeflow.gateway.journal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where the owner leaves records and the syncing thread collects them. Two batches take turns. */
final class Intake {
  /** What the syncing thread does next. */
  sealed interface Work {
    record Sync(Batch batch) implements Work {}

    record Marker() implements Work {}

    record Stop(boolean markerOwed) implements Work {}
  }

  /**
   * A batch of that size is synced at once, however long the commit interval: half of what makes
   * the owner stop, so that a long interval alone never stops it.
   */
  static final int URGENT_BYTES = (int) (Journal.ROOM_BYTES / 2);

  /** What a segment has beside its checkpoint and its records: its header, and a commit. */
  private static final int SEGMENT_BYTES = SegmentHeader.BYTES + RecordFormat.COMMIT_BYTES;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CommitSchedule schedule;
  private Batch filling = new Batch();
  private @Nullable Batch spare = new Batch();
  private boolean closing;
  private long lastNumber;
  private long unsyncedBytes;
  private long bytesSinceCheckpoint;

  /** What the segments that are not yet there will begin with. */
  private long segmentsToBegin;

  Intake(CommitSchedule schedule, long lastNumber, long bytesSinceCheckpoint) {
    this.schedule = schedule;
    this.lastNumber = lastNumber;
    this.bytesSinceCheckpoint = bytesSinceCheckpoint;
  }

  long append(int type, byte[] payload, int offset, int length, @Nullable Durable waiter) {
    lock.lock();
    try {
      refuseWhenClosed();
      boolean first = filling.isEmpty();
      filling.append(lastNumber + 1, type, payload, offset, length, waiter);
      lastNumber++;
      unsyncedBytes += RecordFormat.HEADER_BYTES + length;
      bytesSinceCheckpoint += RecordFormat.HEADER_BYTES + length;
      if (first) {
        firstAppended();
      }
      if (filling.size() >= URGENT_BYTES && schedule.hurried()) {
        changed.signal();
      }
      return lastNumber;
    } finally {
      lock.unlock();
    }
  }

  void roll(Checkpoint checkpoint) {
    lock.lock();
    try {
      refuseWhenClosed();
      boolean first = filling.isEmpty();
      filling.roll(lastNumber, checkpoint);
      bytesSinceCheckpoint = 0;
      segmentsToBegin += SEGMENT_BYTES + checkpoint.recordBytes();
      if (first) {
        firstAppended();
      }
    } finally {
      lock.unlock();
    }
    want();
  }

  private void firstAppended() {
    schedule.appended(System.nanoTime());
    changed.signal();
  }

  private void refuseWhenClosed() {
    if (closing) {
      throw new IllegalStateException("the journal is closed");
    }
  }

  void want() {
    lock.lock();
    try {
      if (schedule.wanted()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void hurry() {
    lock.lock();
    try {
      if (schedule.hurried()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is due. */
  Work take() {
    lock.lock();
    try {
      while (!closing) {
        long due = schedule.dueIn(System.nanoTime());
        if (due <= 0) {
          return schedule.pending() ? sync() : new Work.Marker();
        }
        await(due);
      }
      return schedule.pending() ? sync() : new Work.Stop(schedule.markerOwed());
    } finally {
      lock.unlock();
    }
  }

  private Work sync() {
    Batch batch = filling;
    filling = spare == null ? new Batch() : spare;
    spare = null;
    schedule.begun(System.nanoTime());
    return new Work.Sync(batch);
  }

  /**
   * An interrupt has no meaning for the syncing thread, which is private: it ends when the journal
   * is closed.
   */
  @SuppressWarnings("WaitNotInLoop") // Its callers loop.
  private void await(long nanos) {
    try {
      if (nanos == CommitSchedule.NEVER) {
        changed.await();
      } else {
        changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // The flag is cleared, and the loop looks again.
    }
  }

  /** Waits between two attempts; shorter if the journal is being closed. False if it is. */
  boolean pause(long nanos) {
    lock.lock();
    try {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; !closing && left > 0; left = end - System.nanoTime()) {
        await(left);
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  void synced(Batch batch) {
    lock.lock();
    try {
      unsyncedBytes -= batch.size();
      segmentsToBegin -= begun(batch);
      batch.clear();
      spare = batch;
      schedule.ended(System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  private static long begun(Batch batch) {
    long bytes = 0;
    for (int i = 0; i < batch.sections(); i++) {
      Checkpoint checkpoint = batch.section(i).checkpoint();
      bytes += checkpoint == null ? 0 : SEGMENT_BYTES + checkpoint.recordBytes();
    }
    return bytes;
  }

  void markerWritten() {
    lock.lock();
    try {
      schedule.markerWritten();
    } finally {
      lock.unlock();
    }
  }

  void markerFailed() {
    lock.lock();
    try {
      schedule.markerFailed(System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long lastNumber() {
    lock.lock();
    try {
      return lastNumber;
    } finally {
      lock.unlock();
    }
  }

  long unsyncedBytes() {
    lock.lock();
    try {
      return unsyncedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** What is on its way to the disk, checkpoints included. */
  long waitingBytes() {
    lock.lock();
    try {
      return unsyncedBytes + segmentsToBegin;
    } finally {
      lock.unlock();
    }
  }

  long bytesSinceCheckpoint() {
    lock.lock();
    try {
      return bytesSinceCheckpoint;
    } finally {
      lock.unlock();
    }
  }
}
