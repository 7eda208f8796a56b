package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.Scorer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A loaded model and how many calls it has. Retired, it takes no more and is closed when the last
 * one returns. Thread-safe without locks: a call costs two atomic steps.
 */
final class Served {
  private static final int RETIRED = Integer.MIN_VALUE;

  private final SlotModel model;
  private final Scorer scorer;
  private final Consumer<Scorer> close;

  /** The calls; with {@link #RETIRED} added when there are to be no more. */
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param close is given the scorer once, by the last one who needed it
   */
  Served(SlotModel model, Scorer scorer, Consumer<Scorer> close) {
    this.model = model;
    this.scorer = scorer;
    this.close = close;
  }

  SlotModel model() {
    return model;
  }

  ModelIdentity identity() {
    return model.identity();
  }

  /** Only between {@link #acquire} and {@link #release}. */
  Scorer scorer() {
    return scorer;
  }

  /**
   * @return false if it is retired; else {@link #release} must follow
   */
  boolean acquire() {
    int now = calls.get();
    while (now >= 0) {
      if (calls.compareAndSet(now, now + 1)) {
        return true;
      }
      now = calls.get();
    }
    return false;
  }

  void release() {
    if (calls.decrementAndGet() == RETIRED) {
      close.accept(scorer);
    }
  }

  /** Once. */
  void retire() {
    if (calls.addAndGet(RETIRED) == RETIRED) {
      close.accept(scorer);
    }
  }
}
