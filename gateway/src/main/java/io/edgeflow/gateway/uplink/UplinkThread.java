package io.edgeflow.gateway.uplink;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the uplink, and the one alarm clock that wakes it. It may be shared with other
 * uplinks.
 */
final class UplinkThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UplinkThread.class);
  private static final long CLOSE_SECONDS = 3;

  private final ScheduledExecutorService executor;
  private final boolean shared;
  private final Runnable tick;
  private volatile boolean closed;
  private @Nullable ScheduledFuture<?> wake;

  UplinkThread(Runnable tick) {
    this(own(), false, tick);
  }

  /**
   * @param shared does one thing at a time, in order; closing leaves it to its owner
   */
  static UplinkThread on(ScheduledExecutorService shared, Runnable tick) {
    return new UplinkThread(shared, true, tick);
  }

  private UplinkThread(ScheduledExecutorService executor, boolean shared, Runnable tick) {
    this.executor = executor;
    this.shared = shared;
    this.tick = tick;
  }

  private static ScheduledExecutorService own() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uplink");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** From any thread; dropped after {@link #close}. */
  void execute(Runnable work) {
    if (closed) {
      return;
    }
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
    if (nanos != Long.MAX_VALUE && !closed && !executor.isShutdown()) {
      wake = executor.schedule(() -> guarded(tick), nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Lets what was handed over be done. Not to be called on this thread. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!(shared ? isThrough() : hasEnded())) {
        LOG.warn("the uplink's thread did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded() throws InterruptedException {
    executor.shutdown();
    return executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private boolean isThrough() throws InterruptedException {
    var through = new CountDownLatch(1);
    try {
      executor.execute(through::countDown);
    } catch (RejectedExecutionException ended) {
      return true;
    }
    return through.await(CLOSE_SECONDS, TimeUnit.SECONDS);
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
