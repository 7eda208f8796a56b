package io.edgeflow.inference.guard;

import io.edgeflow.inference.runtime.OutOfServiceException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Calls of one model come one after the other. Thread-safe; the same thread may enter again. */
final class Turn {
  private final ReentrantLock calls = new ReentrantLock();
  private final String model;

  Turn(String model) {
    this.model = model;
  }

  /**
   * Waits for the calls before.
   *
   * @throws OutOfServiceException if they take longer than that, or the thread is interrupted
   */
  void take(Duration patience) throws OutOfServiceException {
    boolean mine = false;
    try {
      // First without waiting, which an interrupted thread may do.
      mine = calls.tryLock() || calls.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!mine) {
      throw new OutOfServiceException(model + " is busy with other calls");
    }
  }

  /** Waits for the calls before, however long they take. */
  void take() {
    calls.lock();
  }

  void end() {
    calls.unlock();
  }
}
