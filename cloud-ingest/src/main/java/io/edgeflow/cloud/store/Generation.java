package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Names the database an acknowledgement speaks for (L12): system identifier, timeline, and when the
 * server was started. The last makes edges say hello again after each restart of the server, which
 * is what exchanging its files under a running cloud takes.
 */
final class Generation {
  private static final String QUERY =
      """
      select system_identifier
        || '/' || ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int
        || '/' || extract(epoch from pg_postmaster_start_time())::bigint
      from pg_control_system()
      """;

  private Generation() {}

  static String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return row.getString(1);
    }
  }
}
