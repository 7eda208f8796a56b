package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.cloud.store.Unpacker.Unpacked;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked messages on their way to the writer, cut into jobs: as many frames to a transaction as
 * are there, up to a limit; a hello ends a batch, so it is answered after the frames sent before
 * it. The unpacking thread waits here when the writer is behind. Thread-safe.
 */
final class Jobs {
  /** Rows of a batch, and of what waits: decoded frames take some 300 bytes per row. */
  private static final int BATCH_ROWS = 60_000;

  private static final int WAITING_ROWS = 120_000;
  private static final int BATCH_FRAMES = 512;

  private record Waiting(Arrival arrival, long takenNanos) {}

  private final WriterListener listener;
  private final WriterGauge gauge;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> arrivals = new ArrayDeque<>();

  /** The message after the arrivals; nothing is added behind it until it is taken. */
  private @Nullable Job after;

  private long rows;
  private boolean ended;

  Jobs(WriterListener listener, WriterGauge gauge) {
    this.listener = listener;
    this.gauge = gauge;
  }

  /** Unpacks, and waits while too much is waiting. */
  void add(Message message) throws InterruptedException {
    switch (message) {
      case Message.Packed packed -> unpack(packed);
      case Message.Greeting greeting -> addAfter(new Job.Greet(greeting.hello()));
      case Message.Sighting sighting -> addAfter(new Job.Sight(sighting.presence()));
    }
  }

  private void unpack(Message.Packed packed) throws InterruptedException {
    switch (Unpacker.unpack(packed.edge(), packed.bytes())) {
      case Unpacked.Judgeable judgeable -> add(judgeable.arrival(), packed.takenNanos());
      case Unpacked.Unreadable unreadable -> {
        gauge.discarded(packed.bytes().length);
        listener.unreadable(packed.edge(), unreadable.reason());
      }
    }
  }

  private void add(Arrival arrival, long takenNanos) throws InterruptedException {
    lock.lock();
    try {
      while (after != null || (rows > 0 && rows + rows(arrival) > WAITING_ROWS)) {
        changed.await();
      }
      arrivals.add(new Waiting(arrival, takenNanos));
      rows += rows(arrival);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void addAfter(Job job) throws InterruptedException {
    lock.lock();
    try {
      while (after != null) {
        changed.await();
      }
      after = job;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more will be added. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work; tidying is what there is to do when there was none for that long. Null: ended.
   */
  @Nullable Job take(Duration idle) throws InterruptedException {
    lock.lock();
    try {
      long left = idle.toNanos();
      while (arrivals.isEmpty() && after == null && !ended) {
        if (left <= 0) {
          return new Job.Check();
        }
        left = changed.awaitNanos(left);
      }
      changed.signalAll();
      if (!arrivals.isEmpty()) {
        return batch();
      }
      Job job = after;
      after = null;
      return job;
    } finally {
      lock.unlock();
    }
  }

  private Job batch() {
    List<Arrival> batch = new ArrayList<>();
    long oldestNanos = arrivals.getFirst().takenNanos();
    long batched = 0;
    while (!arrivals.isEmpty() && batch.size() < BATCH_FRAMES) {
      Arrival next = arrivals.getFirst().arrival();
      boolean coarse = CoarseFrames.isCoarse(next);
      if (!batch.isEmpty() && (coarse || batched + rows(next) > BATCH_ROWS)) {
        break;
      }
      batch.add(arrivals.removeFirst().arrival());
      batched += rows(next);
      rows -= rows(next);
      if (coarse) {
        // Alone, so that its fate is decided before the next frame that it may replace is judged.
        break;
      }
    }
    return new Job.Store(batch, oldestNanos);
  }

  private static long rows(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Good good -> good.frame().rows() + good.frame().series().size() + 1L;
      case Arrival.Poison poison -> 1;
    };
  }
}
