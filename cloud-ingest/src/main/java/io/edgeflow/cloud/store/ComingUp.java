package io.edgeflow.cloud.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start needs of a database that may be starting too, or again: it is waited for, for a
 * minute; a refusal is not. Stateless.
 */
public final class ComingUp {
  private static final Logger LOG = LoggerFactory.getLogger(ComingUp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 200;

  private ComingUp() {}

  /** What may be done twice. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E, SQLException;
  }

  /**
   * @throws SQLException if it is out of reach for a minute, or refuses
   */
  public static <T, E extends Exception> T waitFor(Work<T, E> work) throws E, SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return work.run();
      } catch (SQLException | RuntimeException away) {
        if (!isAway(away) || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw away;
        }
        LOG.warn("waiting for the database error={}", away.getMessage());
        pause();
      }
    }
  }

  /** Through what is wrapped around the driver's error: out of reach, going down or coming up. */
  static boolean isAway(Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith("08") || state.startsWith("57P0");
      }
    }
    return false;
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the database", stopping);
    }
  }
}
