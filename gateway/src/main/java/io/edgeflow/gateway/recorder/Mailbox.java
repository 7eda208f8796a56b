package io.edgeflow.gateway.recorder;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How other threads ask something of the owner thread. Unbounded, because each asker waits for its
 * answer before it asks again: the number of letters is bounded by the number of askers and of
 * frames in one commit.
 */
final class Mailbox {
  private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread owner;
  private volatile boolean parked;

  /** Runs on the owner thread; the future completes there too. */
  <T> CompletableFuture<T> call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    post(
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Like {@link #call}, for work that nobody waits for. */
  void post(Runnable work) {
    letters.add(work);
    wake();
  }

  /** Ends the owner's rest, if it rests. */
  void wake() {
    if (parked) {
      LockSupport.unpark(owner);
    }
  }

  /** Owner thread: runs what is there; true if there was anything. */
  boolean open() {
    boolean any = false;
    for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
      any = true;
    }
    return any;
  }

  boolean isEmpty() {
    return letters.isEmpty();
  }

  /** Owner thread: rests until it is woken or the time is over. */
  void rest(long nanos, Work work) {
    owner = Thread.currentThread();
    parked = true;
    // Asked again after `parked` can be seen, so that no letter and no submission slips between.
    if (letters.isEmpty() && !work.waits()) {
      LockSupport.parkNanos(this, nanos);
    }
    parked = false;
  }

  /** Whether the owner has something to do besides letters. */
  interface Work {
    boolean waits();
  }
}
