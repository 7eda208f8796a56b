package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Runs work in transactions, each on a connection that ends with it. Work that throws is rolled
 * back. Thread-safe.
 *
 * @param timeout of each statement, by the server
 */
public record Transactions(DataSource database, Duration timeout) {
  /** What is done in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** All of it sees one state of the database, and may change nothing. */
  public <T> T reading(Work<T> work) throws SQLException {
    return run(true, Connection.TRANSACTION_REPEATABLE_READ, "", work);
  }

  /**
   * As the other, of the state that another transaction sees.
   *
   * @param snapshot which that one exported; it must not have ended
   */
  public <T> T readingAt(String snapshot, Work<T> work) throws SQLException {
    return run(
        true,
        Connection.TRANSACTION_REPEATABLE_READ,
        "set transaction snapshot '%s'; ".formatted(snapshot.replace("'", "''")),
        work);
  }

  /** Each statement sees what others committed before it. */
  public <T> T writing(Work<T> work) throws SQLException {
    return run(false, Connection.TRANSACTION_READ_COMMITTED, "", work);
  }

  private <T> T run(boolean readOnly, int isolation, String first, Work<T> work)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setReadOnly(readOnly);
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      try (Statement limit = connection.createStatement()) {
        limit.execute(first + "set local statement_timeout = " + timeout.toMillis());
      }
      T result = work.run(connection);
      connection.commit();
      return result;
    }
  }
}
