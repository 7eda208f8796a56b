package io.edgeflow.gateway.uplink;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of the uplink, and the one alarm clock that wakes it. */
final class UplinkThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UplinkThread.class);
  private static final long CLOSE_SECONDS = 3;

  private final ScheduledThreadPoolExecutor executor;
  private final Runnable tick;
  private @Nullable ScheduledFuture<?> wake;

  UplinkThread(Runnable tick) {
    this.tick = tick;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uplink");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** From any thread; dropped after {@link #close}. */
  void execute(Runnable work) {
    try {
      executor.execute(() -> guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("an event came after the uplink was closed");
    }
  }

  /** On the uplink's thread: wakes it once after this time, instead of when it was to wake. */
  void wakeAfter(long nanos) {
    if (wake != null) {
      wake.cancel(false);
      wake = null;
    }
    if (nanos != Long.MAX_VALUE && !executor.isShutdown()) {
      wake = executor.schedule(() -> guarded(tick), nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Lets what was handed over be done. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the uplink's thread did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // A fault in one event must not end the thread that all others need.
      LOG.error("the uplink failed at an event", e);
    }
  }
}
