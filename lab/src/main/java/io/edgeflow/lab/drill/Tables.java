package io.edgeflow.lab.drill;

import io.edgeflow.cloud.store.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The embedded database of a house, seen past the cloud: what is really in its tables. */
final class Tables {
  private static final String COUNTS =
      """
      select s.name, sum(w.readings)::bigint
      from (
        select series_id, sum(count) as readings from sample_window group by 1
        union all
        select series_id, sum(count) from sample_state group by 1
      ) w
      join series s on s.id = w.series_id
      join edge e on e.id = s.edge_id
      where e.name = ?
      group by 1
      """;

  private final Path folder;

  /**
   * @param folder of the embedded database
   */
  Tables(Path folder) {
    this.folder = folder;
  }

  /** Readings in the tables by series, {@code <device>/<point>}. */
  Map<String, Long> counts(String edge) throws IOException, SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(COUNTS)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return counts;
  }

  /** Readings in the tables, of all series and edges. */
  long total() throws IOException, SQLException {
    return number(
        "select coalesce((select sum(count) from sample_window), 0)"
            + " + coalesce((select sum(count) from sample_state), 0)");
  }

  /** Frames with other content under a number that was settled, each counted once. */
  long conflicts() throws IOException, SQLException {
    return number("select count(*) from frame_conflict");
  }

  private long number(String query) throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A connection of the caller's, who closes it. */
  Connection connect() throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", "edgeflow");
    login.setProperty("password", read("password"));
    login.setProperty("currentSchema", Pool.SCHEMA);
    login.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + read("port") + "/postgres", login);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name)).strip();
  }
}
