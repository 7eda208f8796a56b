package io.edgeflow.process.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that may block, with a bounded queue in front of them. */
final class Workers implements AutoCloseable {
  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;

  Workers(int threads, int waiting) {
    var number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            work ->
                Thread.ofPlatform()
                    .daemon()
                    .name("http-" + number.incrementAndGet())
                    .unstarted(work));
    pool.allowCoreThreadTimeOut(true);
  }

  /** False if there is no room: nothing was done. */
  boolean offer(Runnable work) {
    try {
      pool.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  /** Lets what runs end for a moment, then interrupts it. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
