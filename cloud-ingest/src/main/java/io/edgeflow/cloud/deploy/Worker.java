package io.edgeflow.cloud.deploy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that works on the database whenever it is woken, and once a second unasked, for others
 * may have changed something there. After a failure it rests for that second, however often it is
 * woken. Thread-safe.
 */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final String trouble;
  private final Duration gather;
  private final Work work;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private boolean woken;
  private boolean closed;

  /** What is done; it may fail, and is done again. */
  @FunctionalInterface
  interface Work {
    /**
     * @param wasAway whether the database was away when it was tried last
     */
    void run(boolean wasAway) throws SQLException;
  }

  /**
   * @param name of the thread
   * @param trouble what a failure means, for people
   * @param gather so long it waits for more after it was woken
   */
  Worker(String name, String trouble, Duration gather, Work work) {
    this.trouble = trouble;
    this.gather = gather;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** Something changed. Any thread; returns at once. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the work that it is at has ended. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    boolean away = false;
    boolean failed = false;
    try {
      while (await(failed)) {
        failed = true;
        try {
          work.run(away);
          failed = false;
          away = false;
        } catch (SQLException lost) {
          if (!away) {
            LOG.warn("{}: no database error={}", trouble, lost.getMessage());
          }
          away = true;
        } catch (RuntimeException fault) {
          LOG.error("{}", trouble, fault);
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("ends {}", thread.getName());
    }
  }

  /** False at the end. */
  private boolean await(boolean rests) throws InterruptedException {
    lock.lock();
    try {
      long left = PACE.toNanos();
      while (left > 0 && !closed && (rests || !woken)) {
        left = changed.awaitNanos(left);
      }
      long more = woken ? gather.toNanos() : 0;
      while (more > 0 && !closed) {
        more = changed.awaitNanos(more);
      }
      woken = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
