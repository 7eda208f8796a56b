package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the present schema, with hypertables where the server has TimescaleDB. */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** int8multirange came with PostgreSQL 14. */
  private static final int OLDEST_SERVER = 140000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static final List<String> TIME_TABLES =
      List.of("sample_window", "sample_raw", "sample_state", "event");

  private final DataSource database;

  public Migrations(DataSource database) {
    this.database = database;
  }

  /**
   * Idempotent; several processes may run it at once.
   *
   * @throws SQLException when the server is not there for a minute, is too old or refuses
   */
  public Layout run() throws SQLException {
    Layout layout;
    try (Connection connection = connect()) {
      requireVersion(connection);
      layout = choose(connection);
    }
    migrate(layout);
    try (Connection connection = database.getConnection()) {
      for (String table : TIME_TABLES) {
        prepare(connection, layout, table);
      }
    }
    LOG.info("schema ready layout={}", layout);
    return layout;
  }

  /** How the tables that grow with time are cut. A database keeps what it was created with. */
  public enum Layout {
    HYPERTABLES,
    NATIVE_PARTITIONS
  }

  private void migrate(Layout layout) {
    String clause =
        switch (layout) {
          case HYPERTABLES -> "";
          case NATIVE_PARTITIONS -> "partition by range (time)";
        };
    Flyway.configure()
        .dataSource(database)
        .schemas(Pool.SCHEMA)
        .placeholders(Map.of("time_partitioned", clause))
        .locations("classpath:db/migration")
        // What only prepares for a later one, a database that has that one does not need.
        .ignoreMigrationPatterns("versioned:ignored", "*:future")
        .load()
        .migrate();
  }

  /** A server that starts at the same time as we do is waited for; a refusal is not. */
  private Connection connect() throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return database.getConnection();
      } catch (SQLException away) {
        if (!comesUp(away) || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw away;
        }
        LOG.warn("waiting for the database error={}", away.getMessage());
      }
    }
  }

  /** Looks through what the pool wraps around the driver's error: out of reach, or starting up. */
  private static boolean comesUp(SQLException away) {
    for (Throwable cause = away; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith("08") || state.equals("57P03");
      }
    }
    return false;
  }

  private static void requireVersion(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion() * 10000;
    if (version < OLDEST_SERVER) {
      throw new SQLException(
          "PostgreSQL 14 or newer is needed, this server is "
              + connection.getMetaData().getDatabaseProductVersion());
    }
  }

  private static Layout choose(Connection connection) throws SQLException {
    String existing =
        text(
            connection,
            "select relkind::text from pg_class where oid = to_regclass('%s.sample_window')"
                .formatted(Pool.SCHEMA));
    if (existing != null) {
      return existing.equals("p") ? Layout.NATIVE_PARTITIONS : Layout.HYPERTABLES;
    }
    return hasTimescale(connection) ? Layout.HYPERTABLES : Layout.NATIVE_PARTITIONS;
  }

  private static boolean hasTimescale(Connection connection) throws SQLException {
    if (text(connection, "select 1 from pg_available_extensions where name = 'timescaledb'")
        == null) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists timescaledb");
      return true;
    } catch (SQLException refused) {
      LOG.warn("TimescaleDB is installed but cannot be used error={}", refused.getMessage());
      return false;
    }
  }

  private static void prepare(Connection connection, Layout layout, String table)
      throws SQLException {
    String statement =
        switch (layout) {
          case HYPERTABLES ->
              "select create_hypertable('%s.%s', 'time', if_not_exists => true,"
                  .concat(" create_default_indexes => false,")
                  .concat(" chunk_time_interval => interval '7 days')")
                  .formatted(Pool.SCHEMA, table);
          case NATIVE_PARTITIONS ->
              "create table if not exists %1$s.%2$s_other partition of %1$s.%2$s default"
                  .formatted(Pool.SCHEMA, table);
        };
    try (Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  private static @Nullable String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
