package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.Transactions;
import io.edgeflow.cloud.store.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second connections for questions that read much: they see the same state of the database as the
 * first, so that two processors of the server read for one answer. There are few of them, and
 * nobody waits for one. Thread-safe.
 */
final class Companions {
  /** Each holds a connection of the pool while it reads. */
  static final int MOST = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Companions.class);

  private final Transactions transactions;
  private final Semaphore free = new Semaphore(MOST);

  /**
   * @param timeout of each of their statements
   */
  Companions(DataSource database, Duration timeout) {
    this.transactions = new Transactions(database, timeout);
  }

  /**
   * Has work done on another connection, by another thread, if one is free; returns at once. What
   * becomes of it only the work itself can tell: it may begin late, or never.
   *
   * @param first reads one state of the database; the work must begin before its transaction ends
   */
  void join(Connection first, Work<?> work) throws SQLException {
    if (!free.tryAcquire()) {
      return;
    }
    try {
      String snapshot =
          Sql.first(first, "select pg_export_snapshot()", row -> row.getString(1)).orElseThrow();
      Thread.ofVirtual().name("query-companion").start(() -> run(snapshot, work));
    } catch (SQLException | RuntimeException failed) {
      free.release();
      throw failed;
    }
  }

  private void run(String snapshot, Work<?> work) {
    try {
      transactions.readingAt(snapshot, work);
    } catch (SQLException | RuntimeException failed) {
      // Also where the first was quicker with all of it, and its state is gone.
      LOG.debug("not read beside the first connection: {}", failed.toString());
    } finally {
      free.release();
    }
  }
}
