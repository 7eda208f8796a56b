package io.edgeflow.cloud.store;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.TestDatabase;
import io.edgeflow.cloud.store.Migrations.Layout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NoSuchElementException;

/** A migrated database of its own for a test class. */
public final class Schema implements AutoCloseable {
  private final HikariDataSource pool;
  private final Layout layout;

  private Schema(HikariDataSource pool, Layout layout) {
    this.pool = pool;
    this.layout = layout;
  }

  public static Schema create() throws Exception {
    HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 8);
    return new Schema(pool, new Migrations(pool).run());
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

  WriterSession.Settings session() {
    return settings(1000).session();
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
