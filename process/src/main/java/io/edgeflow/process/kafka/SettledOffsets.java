package io.edgeflow.process.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far one partition is settled: records are taken in the order of their offsets and settled in
 * any. Thread-safe.
 */
final class SettledOffsets {
  // Guarded by this.
  private final Deque<Taken> open = new ArrayDeque<>();
  private long next = -1;

  /** One record; offsets may have gaps. */
  private final class Taken implements Runnable {
    private final long offset;
    private boolean settled;

    Taken(long offset) {
      this.offset = offset;
    }

    @Override
    public void run() {
      settle(this);
    }
  }

  /**
   * The record after the others was taken.
   *
   * @return to be run when it is settled; running it twice does no harm
   */
  synchronized Runnable taken(long offset) {
    Taken taken = new Taken(offset);
    open.add(taken);
    return taken;
  }

  /** The last one was not taken after all. */
  synchronized void notTaken() {
    open.removeLast();
  }

  private synchronized void settle(Taken taken) {
    taken.settled = true;
    while (!open.isEmpty() && open.getFirst().settled) {
      next = open.removeFirst().offset + 1;
    }
    if (open.isEmpty()) {
      notifyAll();
    }
  }

  /** The first that is not settled, if any is settled before it; else -1. */
  synchronized long next() {
    return next;
  }

  synchronized int open() {
    return open.size();
  }

  /** Waits until all that was taken is settled; false if it is not in time. */
  synchronized boolean await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty()) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
