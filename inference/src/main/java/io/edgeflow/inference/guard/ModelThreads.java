package io.edgeflow.inference.guard;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many threads of models this process may have, lost ones among them: a model that hangs takes
 * its place for good, so hung models end in a refusal to load more and not in ever more threads.
 * Thread-safe.
 */
public final class ModelThreads {
  private final int limit;
  private final Semaphore free;
  private final AtomicInteger lost = new AtomicInteger();

  public ModelThreads(int limit) {
    this.limit = limit;
    this.free = new Semaphore(limit);
  }

  public int limit() {
    return limit;
  }

  /** Those in a call that was given up and has not ended yet. */
  public int lost() {
    return lost.get();
  }

  /** Those of models that are in service, and lost ones. */
  public int running() {
    return limit - free.availablePermits();
  }

  /**
   * Waits until there is room for one more. Models that were just left give theirs back when they
   * are closed; lost ones are not waited for.
   *
   * @return false if there was none within the time
   */
  public boolean awaitRoom(Duration patience) throws InterruptedException {
    if (lost() >= limit || !free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    free.release();
    return true;
  }

  boolean tryTake() {
    return free.tryAcquire();
  }

  void giveBack() {
    free.release();
  }

  int lose() {
    return lost.incrementAndGet();
  }

  void find() {
    lost.decrementAndGet();
  }
}
