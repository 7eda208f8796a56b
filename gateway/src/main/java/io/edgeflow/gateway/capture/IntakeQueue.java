package io.edgeflow.gateway.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The queue in front of the owner thread, bounded by messages and by what they hold in memory. When
 * it is full {@link #offer} says so at once, and whoever wants to wait leaves a retry (A2). Any
 * thread offers; only the owner drains.
 */
public final class IntakeQueue implements Intake {
  private final ArrayBlockingQueue<Submission> queue;
  private final int roomAgain;
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final Runnable wakeOwner;
  private final List<Runnable> retries = new ArrayList<>();
  private volatile boolean retriesWait;

  /**
   * @param capacity messages that may wait
   * @param mostBytes that they may hold together; one message may wait alone, however large
   * @param wakeOwner called after each offer; cheap, and safe from any thread
   */
  public IntakeQueue(int capacity, long mostBytes, Runnable wakeOwner) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.roomAgain = capacity / 2;
    this.mostBytes = mostBytes;
    this.wakeOwner = wakeOwner;
  }

  @Override
  public boolean offer(Submission submission) {
    int size = submission.bytes();
    long before = bytes.getAndAdd(size);
    if ((before > 0 && before + size > mostBytes) || !queue.offer(submission)) {
      bytes.addAndGet(-size);
      return false;
    }
    wakeOwner.run();
    return true;
  }

  @Override
  public void whenRoom(Runnable retry) {
    synchronized (retries) {
      retries.add(retry);
      retriesWait = true;
    }
    wakeOwner.run();
  }

  /**
   * Moves submissions into the list; owner thread only.
   *
   * @param most how many
   * @param enoughBytes that they hold together: none is moved once so many were
   */
  public int drain(List<Submission> into, int most, long enoughBytes) {
    int count = 0;
    long moved = 0;
    while (count < most && moved < enoughBytes) {
      Submission next = queue.poll();
      if (next == null) {
        break;
      }
      into.add(next);
      count++;
      moved += next.bytes();
    }
    bytes.addAndGet(-moved);
    return count;
  }

  /** Runs the retries that wait, if there is room for them; owner thread only. */
  public void invite() {
    if (!shouldInvite()) {
      return;
    }
    List<Runnable> ready;
    synchronized (retries) {
      ready = List.copyOf(retries);
      retries.clear();
      retriesWait = false;
    }
    ready.forEach(Runnable::run);
  }

  /** Whether somebody waits for room and there is some; owner thread only. */
  public boolean shouldInvite() {
    return retriesWait && queue.size() <= roomAgain && bytes.get() <= mostBytes / 2;
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Submissions that wait. */
  public int size() {
    return queue.size();
  }

  /** About what they hold in memory. */
  public long bytes() {
    return bytes.get();
  }
}
