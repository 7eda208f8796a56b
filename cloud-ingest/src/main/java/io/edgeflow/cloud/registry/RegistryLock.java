package io.edgeflow.cloud.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One lock of the database, until the end of the transaction: whoever begins, completes or clears
 * away an upload has it alone, pieces come in beside each other. So no piece is cleared away that
 * an upload has just counted on, and numbers rise whoever publishes at the same time.
 */
final class RegistryLock {
  private static final String KEY = "(hashtextextended('edgeflow registry', 0))";

  private RegistryLock() {}

  static void alone(Connection connection) throws SQLException {
    take(connection, "select pg_advisory_xact_lock" + KEY);
  }

  static void shared(Connection connection) throws SQLException {
    take(connection, "select pg_advisory_xact_lock_shared" + KEY);
  }

  private static void take(Connection connection, String text) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute(text);
    }
  }
}
