package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Names one database among all, for as long as it lives; its standbys have the same name. */
public final class DatabaseName {
  private static final String QUERY =
      """
      select s.system_identifier || '.' || d.oid
      from pg_control_system() s, pg_database d where d.datname = current_database()
      """;

  private DatabaseName() {}

  /** Letters, digits and dots. Blocks for the database. */
  public static String of(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return row.getString(1);
    }
  }
}
