package io.edgeflow.gateway.site;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns what is kept of members. Nothing on it waits for a network. */
final class RelayThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RelayThread.class);

  private final ScheduledThreadPoolExecutor executor;

  RelayThread(String name) {
    executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** From any thread; dropped after {@link #close}. */
  void execute(Runnable work) {
    try {
      executor.execute(() -> guarded(work));
    } catch (RejectedExecutionException closed) {
      log.debug("an event came after the end");
    }
  }

  /** On this thread. */
  Future<?> after(long nanos, Runnable work) {
    return executor.schedule(() -> guarded(work), nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets what was handed over be done. */
  @Override
  public void close() {
    executor.close();
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      // A fault in one member's event must not end the thread that all others need.
      log.error("The relay failed at an event", fault);
    }
  }
}
