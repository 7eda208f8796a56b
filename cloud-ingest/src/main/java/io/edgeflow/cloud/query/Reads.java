package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * Runs queries, each in one snapshot of the database and under a time-out of the server; read-only
 * unless they are said to write. At most so many at once as there are permits; what gets none at
 * once is refused.
 */
public final class Reads {
  private static final String CANCELLED = "57014";

  private final DataSource database;
  private final Duration timeout;
  private final Semaphore permits;
  private final boolean readOnly;

  public Reads(DataSource database, Duration timeout, int atOnce) {
    this(database, timeout, atOnce, true);
  }

  private Reads(DataSource database, Duration timeout, int atOnce, boolean readOnly) {
    this.database = database;
    this.timeout = timeout;
    this.permits = new Semaphore(atOnce);
    this.readOnly = readOnly;
  }

  /** Questions that change something: each sees what others committed before its statements. */
  public static Reads writing(DataSource database, Duration timeout, int atOnce) {
    return new Reads(database, timeout, atOnce, false);
  }

  /** Asks the database something; the connection ends with the call. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * @throws Overload when the database is away, full or too slow: worth another try
   */
  public <T> T ask(Question<T> question) throws SQLException, Overload {
    if (!permits.tryAcquire()) {
      throw new Overload("too many such questions are being answered");
    }
    try {
      return answer(question);
    } catch (SQLException failed) {
      throw weather(failed);
    } finally {
      permits.release();
    }
  }

  private <T> T answer(Question<T> question) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setReadOnly(readOnly);
      connection.setTransactionIsolation(
          readOnly
              ? Connection.TRANSACTION_REPEATABLE_READ
              : Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      try (Statement limit = connection.createStatement()) {
        limit.execute("set local statement_timeout = " + timeout.toMillis());
      }
      T answer = question.ask(connection);
      connection.commit();
      return answer;
    }
  }

  private SQLException weather(SQLException failed) throws Overload {
    String state = String.valueOf(failed.getSQLState());
    if (state.equals(CANCELLED)) {
      throw new Overload(
          "the database did not answer within %d s: ask for fewer series, a shorter time or a longer step"
              .formatted(timeout.toSeconds()));
    }
    if (failed instanceof SQLTransientException || state.matches("(08|53|57).*")) {
      throw new Overload("the database is not available");
    }
    return failed;
  }
}
