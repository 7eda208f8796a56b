package io.edgeflow.cloud.store;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.TestDatabase;
import io.edgeflow.wire.frame.Frame;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

/** A migrated database of its own for a test class. */
public final class Schema implements AutoCloseable {
  private final HikariDataSource pool;
  private final Layout layout;

  private Schema(HikariDataSource pool, Layout layout) {
    this.pool = pool;
    this.layout = layout;
  }

  public static Schema create() throws Exception {
    return in(TestDatabase.prepared(Schema::migrate));
  }

  /** In a database that is empty or migrated, for whoever changes the server itself. */
  public static Schema in(DatabaseAddress address) throws Exception {
    HikariDataSource pool = Pool.open(address, "test", 8);
    return new Schema(pool, new Migrations(pool).run());
  }

  private static void migrate(DatabaseAddress empty) throws Exception {
    try (HikariDataSource pool = Pool.open(empty, "test", 2)) {
      new Migrations(pool).run();
    }
  }

  public HikariDataSource database() {
    return pool;
  }

  public WriterSettings settings(int maxSeries) {
    return settings(maxSeries, InstantSource.fixed(Instant.ofEpochMilli(Plant.START / 1000)));
  }

  public WriterSettings settings(int maxSeries, InstantSource clock) {
    return new WriterSettings(pool, layout, maxSeries, 1 << 22, clock);
  }

  public Layout layout() {
    return layout;
  }

  /** Has all windows seen as where chunks are compressed: also those that are staged. */
  public void staging() throws SQLException {
    if (layout.hasArchive()) {
      try (Connection connection = pool.getConnection()) {
        LayoutTables.views(connection, new Layout.Community("of a test", false));
      }
    } else {
      execute(
          "create or replace view window_stored as"
              + " select * from sample_window union all select * from window_late");
    }
  }

  /**
   * Has views where the community licence of TimescaleDB would have continuous aggregates: as if
   * each of these were always fresh.
   */
  public void aggregating() throws SQLException {
    staging();
    execute(
        """
        create function time_bucket(interval, timestamptz) returns timestamptz immutable
        language sql as 'select date_bin($1, $2, ''epoch'')';
        create procedure refresh_continuous_aggregate(regclass, timestamptz, timestamptz)
        language sql as '';
        """);
    try (Connection connection = pool.getConnection()) {
      ContinuousAggregates.create(connection, TimeTable.WINDOW_HOUR_SUM, "view", "", "");
      ContinuousAggregates.create(connection, TimeTable.WINDOW_DAY_SUM, "view", "", "");
      ContinuousAggregates.replace(connection);
    }
  }

  Routes routes() {
    return new Routes(
        layout,
        StorageSettings.STANDARD,
        InstantSource.fixed(Instant.ofEpochMilli(Plant.START / 1000)));
  }

  /** How many rows each chunk or partition holds, but for the archive, by the name of it. */
  public SortedMap<String, String> parts(TimeTable table) throws SQLException {
    SortedMap<String, String> parts = new TreeMap<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select inhrelid::regclass::text from pg_inherits where inhparent = '%s'::regclass"
                    .formatted(table.sqlName()))) {
      while (rows.next()) {
        String part = rows.getString(1);
        if (!part.equals(table.archive())) {
          parts.put(part, one("select count(*) from " + part));
        }
      }
    }
    return parts;
  }

  WriterSession.Settings session() {
    return settings(1000).session();
  }

  /** Stores them as a writer does. */
  public void store(Frame... frames) throws SQLException {
    try (WriterSession writer = WriterSession.open(session())) {
      writer.store(Arrays.stream(frames).map(Plant::arrival).toList());
    }
  }

  /** A row of {@code sample_window}. */
  public static Window window(ResultSet row) throws SQLException {
    return StoredWindow.read(row);
  }

  /** The first column of the first row. */
  public String one(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new NoSuchElementException("no row: " + query);
      }
      return String.valueOf(rows.getString(1));
    }
  }

  public void execute(String statement) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
