package io.edgeflow.cloud.upkeep;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.Transactions;
import io.edgeflow.cloud.store.Transactions.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Transactions of which one runs at a time, whatever the number of cloud processes, and which wait
 * for nobody's locks for long: writers would wait behind them. Thread-safe.
 */
final class Turn {
  /** Of PostgreSQL's advisory locks, for as long as a transaction. */
  private static final long LOCK = 0x75706b656570L;

  /** Counting the rows of a chunk reads all of it. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** What others may have to wait for us; sooner than the server looks for deadlocks. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final String NOT_AVAILABLE = "55P03";

  private final Transactions transactions;

  Turn(DataSource database) {
    this.transactions = new Transactions(database, LONGEST);
  }

  /**
   * Empty if another process has the turn, or somebody holds what is needed; then nothing was done.
   */
  <T> Optional<T> take(Work<T> work) throws SQLException {
    try {
      return transactions.writing(
          connection -> {
            Sql.run(connection, "set local lock_timeout = " + PATIENCE.toMillis());
            boolean free =
                Sql.first(
                        connection,
                        "select pg_try_advisory_xact_lock(?)",
                        row -> row.getBoolean(1),
                        LOCK)
                    .orElseThrow();
            return free ? Optional.of(work.run(connection)) : Optional.<T>empty();
          });
    } catch (SQLException refused) {
      if (NOT_AVAILABLE.equals(refused.getSQLState())) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
