package io.edgeflow.gateway.source;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that all sources share: it only ever decides, and waits for nothing. */
final class SourceThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceThread.class);

  private final ScheduledThreadPoolExecutor executor;

  SourceThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "sources");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  /** From any thread; dropped after {@link #close}. */
  void execute(Runnable work) {
    try {
      executor.execute(() -> guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("an event came after the sources were closed");
    }
  }

  void after(long nanos, Runnable work) {
    try {
      var _ = executor.schedule(() -> guarded(work), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the sources were closed meanwhile");
    }
  }

  /** One source that fails must not take the others along. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      LOG.error("a source failed", fault);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
