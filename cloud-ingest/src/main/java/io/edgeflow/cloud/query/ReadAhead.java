package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The shares of an answer, of which each is made once: by whoever puts the answer together, when it
 * comes to the share, or before that by a companion. The first waits only for a share that is being
 * made. Shares are told apart by what they are, not by what they are equal to.
 *
 * @param <S> a share
 * @param <R> what is made of it
 */
final class ReadAhead<S, R> {
  /** Makes a share. */
  @FunctionalInterface
  interface Maker<S, R> {
    /**
     * @param over whether nobody wants it any more: then anything will do
     */
    R make(Connection connection, S share, BooleanSupplier over) throws SQLException;
  }

  private static final class Task<R> {
    final AtomicBoolean taken = new AtomicBoolean();
    final CompletableFuture<R> made = new CompletableFuture<>();
  }

  private final List<S> shares;
  private final IdentityHashMap<S, Task<R>> tasks = new IdentityHashMap<>();
  private final Maker<S, R> maker;
  private volatile boolean over;

  /**
   * @param maker used by both threads
   */
  ReadAhead(List<S> shares, Maker<S, R> maker) {
    this.shares = List.copyOf(shares);
    this.maker = maker;
    shares.forEach(share -> tasks.put(share, new Task<>()));
  }

  /**
   * The companion: makes whatever nobody makes yet, until all is taken or nobody wants it. From the
   * last one on, so that the other one, who begins with the first, never waits for one while there
   * are more.
   */
  void readAhead(Connection connection) throws SQLException {
    for (S share : shares.reversed()) {
      Task<R> task = tasks.get(share);
      if (over) {
        return;
      }
      if (task != null && task.taken.compareAndSet(false, true)) {
        make(connection, share, task);
      }
    }
  }

  private void make(Connection connection, S share, Task<R> task) throws SQLException {
    try {
      task.made.complete(maker.make(connection, share, () -> over));
    } catch (SQLException | RuntimeException | Error failed) {
      // Also want of memory: the other one waits for this.
      task.made.completeExceptionally(failed);
      throw failed;
    }
  }

  /** A share, made here or by the companion. */
  R take(Connection connection, S share) throws SQLException {
    Task<R> task = tasks.get(share);
    if (task == null || task.taken.compareAndSet(false, true)) {
      return maker.make(connection, share, () -> over);
    }
    try {
      return task.made.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Nothing more is wanted. */
  void end() {
    over = true;
  }
}
