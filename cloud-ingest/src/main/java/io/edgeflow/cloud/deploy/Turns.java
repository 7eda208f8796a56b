package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.Transactions;
import io.edgeflow.cloud.store.Transactions.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Transactions on what edges are to run. One at a time, whatever the number of cloud processes: so
 * numbers rise, revisions are in the order of commits, and no two decisions cross. Thread-safe.
 */
final class Turns {
  /** Of PostgreSQL's advisory locks, for as long as a transaction. */
  private static final long LOCK = 0x6465706c6f79L;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Transactions transactions;

  Turns(DataSource database) {
    this.transactions = new Transactions(database, PATIENCE);
  }

  /** Waits for its turn. */
  <T> T take(Work<T> work) throws SQLException {
    return transactions.writing(
        connection -> {
          Sql.rows(connection, "select pg_advisory_xact_lock(?)", _ -> "", LOCK);
          return work.run(connection);
        });
  }

  /** Empty if another has the turn. */
  <T> Optional<T> takeIfFree(Work<T> work) throws SQLException {
    return transactions.writing(
        connection -> {
          boolean free =
              Sql.first(
                      connection,
                      "select pg_try_advisory_xact_lock(?)",
                      row -> row.getBoolean(1),
                      LOCK)
                  .orElseThrow();
          return free ? Optional.of(work.run(connection)) : Optional.<T>empty();
        });
  }

  /** Reads one state of the database; needs no turn. */
  <T> T look(Work<T> work) throws SQLException {
    return transactions.reading(work);
  }
}
