package io.edgeflow.cloud.rollup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Makes the roll-ups hold what is below them. When a method returns, they hold at least what had
 * been committed when it was called; until then, and where it fails, anything, for what is rolled
 * up is marked as touched meanwhile. Connections are in auto-commit mode.
 */
public interface Refresh {
  /**
   * From windows.
   *
   * @param hour its beginning in UTC
   * @param edges whose series are concerned; it may do more
   */
  void hours(Connection connection, Instant hour, List<Integer> edges) throws SQLException;

  /**
   * From hours.
   *
   * @param day its beginning in UTC
   */
  void days(Connection connection, Instant day, List<Integer> edges) throws SQLException;
}
