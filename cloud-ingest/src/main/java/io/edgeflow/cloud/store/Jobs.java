package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.cloud.store.Unpacker.Unpacked;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked messages on their way to one writer, cut into jobs: as many frames and hellos to a
 * transaction as are there, up to a limit, whichever edges they are from. A hello is answered after
 * the frames that were sent before it. The unpacking thread waits here when the writer is behind.
 * Thread-safe.
 */
final class Jobs {
  /** As {@link Weight} counts. */
  private static final int BATCH_ROWS = 60_000;

  private static final int BATCH_PARTS = 512;

  /** So that what waits behind them is not kept for long: a hello takes some milliseconds. */
  private static final int BATCH_HELLOS = 64;

  private static final int MOST_SIGHTINGS = 1024;

  /** A frame or a hello. */
  private sealed interface Waiting {
    long rows();

    record Frame(Arrival arrival, long rows, Message.Packed packed) implements Waiting {}

    record Greeting(Hello hello, long rows) implements Waiting {}
  }

  private final Unpacking unpacking;
  private final Room room;
  private final int writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** What edges say here has nothing to do with their frames, so it does not end a batch. */
  private final List<Presence> sightings = new ArrayList<>();

  /** Rows of the job that was taken last. */
  private long underWay;

  /** They take turns with frames. */
  private boolean sighted;

  private boolean ended;

  /**
   * @param room in rows, shared with the other writers
   */
  Jobs(Unpacking unpacking, Room room, int writer) {
    this.unpacking = unpacking;
    this.room = room;
    this.writer = writer;
  }

  /** Unpacks, and waits while too much is waiting. */
  void add(Message message) throws InterruptedException {
    switch (message) {
      case Message.Packed packed -> add(packed);
      case Message.Greeting(Hello hello) -> {
        long rows = Weight.of(hello) / Weight.ROW_BYTES;
        room.take(writer, rows);
        enqueue(new Waiting.Greeting(hello, rows));
      }
      case Message.Sighting(Presence presence) -> add(presence);
    }
  }

  private void add(Message.Packed packed) throws InterruptedException {
    long missing = unpack(packed);
    if (missing > 0) {
      room.take(writer, missing);
      enqueue(new Waiting.Frame(unpacking.again(packed), missing, packed));
    }
  }

  /**
   * Nobody sits on much memory while there is none: a large frame is unpacked again when there is
   * room for it.
   *
   * @return the room that is missing, or 0
   */
  private long unpack(Message.Packed packed) throws InterruptedException {
    if (unpacking.unpack(packed) instanceof Unpacked.Judgeable(Arrival arrival)) {
      long rows = Weight.of(arrival);
      if (rows <= Weight.SMALL) {
        room.take(writer, rows);
      } else if (!room.tryTake(writer, rows)) {
        return rows;
      }
      enqueue(new Waiting.Frame(arrival, rows, packed));
    }
    return 0;
  }

  private void enqueue(Waiting next) {
    lock.lock();
    try {
      waiting.add(next);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Presence presence) throws InterruptedException {
    lock.lock();
    try {
      while (sightings.size() >= MOST_SIGHTINGS) {
        changed.await();
      }
      sightings.add(presence);
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
   * Waits for work; the job taken before is done. Checking is what there is to do when there was
   * none for that long. Null: ended.
   */
  @Nullable Job take(Duration idle) throws InterruptedException {
    room.give(writer, underWay);
    underWay = 0;
    lock.lock();
    try {
      long left = idle.toNanos();
      while (waiting.isEmpty() && sightings.isEmpty() && !ended) {
        if (left <= 0) {
          return new Job.Check();
        }
        left = changed.awaitNanos(left);
      }
      changed.signalAll();
      if (!sightings.isEmpty() && (waiting.isEmpty() || !sighted)) {
        sighted = true;
        Job job = new Job.Sight(sightings);
        sightings.clear();
        return job;
      }
      sighted = false;
      return waiting.isEmpty() ? null : batch();
    } finally {
      lock.unlock();
    }
  }

  private Job batch() {
    List<Arrival> arrivals = new ArrayList<>();
    List<Runnable> settled = new ArrayList<>();
    List<Hello> hellos = new ArrayList<>();
    long oldestNanos = 0;
    while (!waiting.isEmpty() && fits(waiting.getFirst(), arrivals.size(), hellos.size())) {
      Waiting next = waiting.removeFirst();
      underWay += next.rows();
      switch (next) {
        case Waiting.Greeting greeting -> hellos.add(greeting.hello());
        case Waiting.Frame frame -> {
          oldestNanos = arrivals.isEmpty() ? frame.packed().takenNanos() : oldestNanos;
          arrivals.add(frame.arrival());
          settled.add(frame.packed().settled());
          if (CoarseFrames.isCoarse(frame.arrival())) {
            // Alone, so that its fate is decided before the next frame that it may replace is
            // judged.
            return new Job.Store(arrivals, settled, hellos, oldestNanos);
          }
        }
      }
    }
    return new Job.Store(arrivals, settled, hellos, oldestNanos);
  }

  private boolean fits(Waiting next, int arrivals, int hellos) {
    if (arrivals + hellos == 0) {
      return true;
    }
    boolean coarse = next instanceof Waiting.Frame frame && CoarseFrames.isCoarse(frame.arrival());
    return !coarse
        && arrivals + hellos < BATCH_PARTS
        && hellos < BATCH_HELLOS
        && underWay + next.rows() <= BATCH_ROWS;
  }

  /** Messages that are unpacked and wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size() + sightings.size();
    } finally {
      lock.unlock();
    }
  }
}
