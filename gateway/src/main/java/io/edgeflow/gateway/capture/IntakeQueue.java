package io.edgeflow.gateway.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The bounded queue in front of the owner thread. When it is full {@link #offer} says so at once,
 * and whoever wants to wait leaves a retry (A2). Any thread offers; only the owner drains.
 */
public final class IntakeQueue implements Intake {
  private final ArrayBlockingQueue<Submission> queue;
  private final int roomAgain;
  private final Runnable wakeOwner;
  private final List<Runnable> retries = new ArrayList<>();
  private volatile boolean retriesWait;

  /**
   * @param capacity messages that may wait
   * @param wakeOwner called after each offer; cheap, and safe from any thread
   */
  public IntakeQueue(int capacity, Runnable wakeOwner) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.roomAgain = capacity / 2;
    this.wakeOwner = wakeOwner;
  }

  @Override
  public boolean offer(Submission submission) {
    if (!queue.offer(submission)) {
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

  /** Moves up to that many submissions into the list; owner thread only. */
  public int drain(List<Submission> into, int most) {
    return queue.drainTo(into, most);
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
    return retriesWait && queue.size() <= roomAgain;
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Submissions that wait. */
  public int size() {
    return queue.size();
  }
}
