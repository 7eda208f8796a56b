package io.edgeflow.gateway.deploy;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Has newer keys fetched, on another thread and not for each of very many documents. */
final class KeyRefresh {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final KeySource keys;
  private final Executor executor;
  private final Runnable wake;
  private final LongSupplier nanos;
  private Optional<Long> beganNanos = Optional.empty();
  private volatile boolean running;

  /**
   * @param wake told when it is over
   */
  KeyRefresh(KeySource keys, Executor executor, Runnable wake, LongSupplier nanos) {
    this.keys = keys;
    this.executor = executor;
    this.wake = wake;
    this.nanos = nanos;
  }

  /** Of the newest; 0 for none. */
  int number() {
    return keys.number();
  }

  boolean isRunning() {
    return running;
  }

  /**
   * @return whether it began; it does not if the last time is a moment ago
   */
  boolean begin(int atLeast) {
    long now = nanos.getAsLong();
    if (beganNanos.isPresent() && now - beganNanos.get() < PAUSE_NANOS) {
      return false;
    }
    beganNanos = Optional.of(now);
    running = true;
    executor.execute(
        () -> {
          try {
            keys.refresh(atLeast);
          } finally {
            running = false;
            wake.run();
          }
        });
    return true;
  }
}
