package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What is known of edges beside their frames. */
public final class Edges {
  private Edges() {}

  /** Nobody is connected to a broker that has not started: what is said about it is of the past. */
  public static void forgetPresence(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update edge set online = false where online");
    }
  }
}
