package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * From the thread that takes readings to the one that scores: batches, made when they are needed
 * first, up to a number. When they are full the oldest one is dropped and counted, because nobody
 * who takes readings waits for a model. The monitor is held for the copy of one reading. One thread
 * puts, one takes.
 */
public final class ReadingQueue {
  private final Deque<ReadingBatch> full = new ArrayDeque<>();
  private final Deque<ReadingBatch> free = new ArrayDeque<>();
  private final int readingsInBatch;
  private ReadingBatch filling;
  private int unmade;
  private boolean waiting;
  private long dropped;

  public ReadingQueue(int batches, int readingsInBatch) {
    this.readingsInBatch = readingsInBatch;
    this.filling = new ReadingBatch(readingsInBatch);
    this.unmade = batches;
  }

  /** Never waits for whoever takes. */
  public synchronized void put(String series, long timeMicros, double value, Quality quality) {
    if (filling.isFull()) {
      full.add(filling);
      filling = emptied();
    }
    filling.add(series, timeMicros, value, quality);
    if (waiting) {
      waiting = false;
      notifyAll();
    }
  }

  private ReadingBatch emptied() {
    ReadingBatch unused = free.poll();
    if (unused != null) {
      return unused;
    }
    if (unmade > 0) {
      unmade--;
      return new ReadingBatch(readingsInBatch);
    }
    ReadingBatch oldest = full.remove();
    dropped += oldest.size();
    oldest.clear();
    return oldest;
  }

  /**
   * The oldest readings that wait, a few or many; {@link #giveBack} must follow.
   *
   * @return empty if there were none within the time, which must be above 0
   */
  public synchronized Optional<ReadingBatch> take(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (full.isEmpty() && filling.size() == 0 && left > 0) {
      waiting = true;
      wait(left);
      waiting = false;
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    ReadingBatch oldest = full.poll();
    if (oldest != null) {
      return Optional.of(oldest);
    }
    if (filling.size() == 0) {
      return Optional.empty();
    }
    ReadingBatch some = filling;
    filling = emptied();
    return Optional.of(some);
  }

  public synchronized void giveBack(ReadingBatch batch) {
    batch.clear();
    free.add(batch);
  }

  /** Readings that nobody took in time. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Readings that wait, those that are out for scoring not among them. */
  public synchronized int depth() {
    return full.stream().mapToInt(ReadingBatch::size).sum() + filling.size();
  }

  /** How long the oldest reading has waited, in nanoseconds; 0 if none waits. */
  public synchronized long ageNanos() {
    ReadingBatch oldest = full.isEmpty() ? filling : full.peek();
    return oldest.size() == 0 ? 0 : System.nanoTime() - oldest.sinceNanos();
  }
}
