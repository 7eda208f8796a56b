package io.edgeflow.gateway.recorder;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the disk so that the owner need not wait for it: one job at a time on a thread of its
 * own. What comes of a job is told on the owner thread, which alone calls these methods.
 */
final class SpaceWorker {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceWorker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Mailbox owner;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          job -> Thread.ofPlatform().name("edgeflow-space").daemon().unstarted(job));
  private boolean busy;

  /** Reads, writes and deletes; knows nothing of the owner's state. */
  interface Job<T> {
    T run() throws IOException;
  }

  SpaceWorker(Mailbox owner) {
    this.owner = owner;
  }

  boolean busy() {
    return busy;
  }

  /** Either of both is called, once, on the owner thread; neither after {@link #end}. */
  <T> void run(Job<T> job, Consumer<T> done, Consumer<Exception> failed) {
    if (busy) {
      throw new IllegalStateException("a job is going on");
    }
    busy = true;
    try {
      thread.execute(
          () -> {
            Runnable end = outcome(job, done, failed);
            owner.post(
                () -> {
                  busy = false;
                  end.run();
                });
          });
    } catch (RejectedExecutionException closed) {
      // The process ends: nothing is begun any more, and nothing is told.
      LOG.debug("a job is not begun any more");
    }
  }

  private static <T> Runnable outcome(Job<T> job, Consumer<T> done, Consumer<Exception> failed) {
    try {
      T result = job.run();
      return () -> done.accept(result);
    } catch (IOException | RuntimeException e) {
      return () -> failed.accept(e);
    } catch (Error e) {
      // Too little memory for this job is no reason to stop making room for good.
      return () -> failed.accept(new IllegalStateException(e));
    }
  }

  /**
   * Waits for the job at hand, for a while; what came of it may stay untold, and the next start
   * sees to it.
   *
   * @return false if it still goes on, with a disk that does not answer
   */
  boolean end() {
    thread.shutdown();
    try {
      return thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
