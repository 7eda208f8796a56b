package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Transactions;
import io.edgeflow.cloud.store.Transactions.Work;
import java.sql.SQLException;
import java.sql.SQLTransientException;
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

  private final Transactions transactions;
  private final Semaphore permits;
  private final boolean readOnly;

  public Reads(DataSource database, Duration timeout, int atOnce) {
    this(database, timeout, atOnce, true);
  }

  private Reads(DataSource database, Duration timeout, int atOnce, boolean readOnly) {
    this.transactions = new Transactions(database, timeout);
    this.permits = new Semaphore(atOnce);
    this.readOnly = readOnly;
  }

  /** Questions that change something: each sees what others committed before its statements. */
  public static Reads writing(DataSource database, Duration timeout, int atOnce) {
    return new Reads(database, timeout, atOnce, false);
  }

  /**
   * @throws Overload when the database is away, full or too slow: worth another try
   */
  public <T> T ask(Work<T> question) throws SQLException, Overload {
    if (!permits.tryAcquire()) {
      throw new Overload("too many such questions are being answered");
    }
    try {
      return readOnly ? transactions.reading(question) : transactions.writing(question);
    } catch (SQLException failed) {
      throw weather(failed);
    } finally {
      permits.release();
    }
  }

  private SQLException weather(SQLException failed) throws Overload {
    String state = String.valueOf(failed.getSQLState());
    if (state.equals(CANCELLED)) {
      throw new Overload(
          "the database did not answer within %d s: ask for fewer series, a shorter time or a longer step"
              .formatted(transactions.timeout().toSeconds()));
    }
    if (failed instanceof SQLTransientException || state.matches("(08|53|57).*")) {
      throw new Overload("the database is not available");
    }
    return failed;
  }
}
