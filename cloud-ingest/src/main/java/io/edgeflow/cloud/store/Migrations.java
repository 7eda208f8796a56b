package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.SchemaState.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the present schema, with hypertables where the server has TimescaleDB. */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** int8multirange came with PostgreSQL 14. */
  private static final int OLDEST_SERVER = 140000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String EXISTING =
      "select relkind::text from pg_class where oid = to_regclass(?)";

  /** Of PostgreSQL's advisory locks: one process at a time makes tables. */
  private static final long LOCK = 0x6c61796f7574L;

  private final DataSource database;
  private final StorageSettings storage;

  public Migrations(DataSource database) {
    this(database, StorageSettings.STANDARD);
  }

  public Migrations(DataSource database, StorageSettings storage) {
    this.database = database;
    this.storage = storage;
  }

  /**
   * Brings it there. Idempotent; several processes may run it at once.
   *
   * @throws SQLException when the server is not there for a minute, is too old or refuses
   */
  public Layout run() throws SQLException {
    return run(_ -> {});
  }

  /**
   * As the other.
   *
   * @param progress hears of each step before it is taken
   */
  public Layout run(Consumer<Step> progress) throws SQLException {
    Layout layout = look();
    flyway(layout).callbacks(new StepTeller(progress)).load().migrate();
    Layout prepared =
        new Transactions(database, PATIENCE)
            .writing(
                connection -> {
                  Sql.rows(connection, "select pg_advisory_xact_lock(?)", _ -> "", LOCK);
                  return LayoutTables.prepare(
                      connection, withAggregates(connection, layout), storage);
                });
    LOG.info("schema ready layout={} edition={}", prepared.word(), prepared);
    return prepared;
  }

  /** Another process may have created them since we looked. */
  private static Layout withAggregates(Connection connection, Layout layout) throws SQLException {
    return layout instanceof Layout.Community(String version, boolean continuous)
        ? new Layout.Community(version, continuous || ContinuousAggregates.exist(connection))
        : layout;
  }

  /**
   * What a start does.
   *
   * @throws SchemaBehindException if the schema is not the present one and must not be changed
   */
  public Layout open(MigrateMode mode) throws SQLException, SchemaBehindException {
    return switch (mode) {
      case AUTO -> run();
      case CHECK -> {
        SchemaState state = state();
        if (!state.isPresent()) {
          throw new SchemaBehindException(state);
        }
        yield look();
      }
      case OFF -> look();
    };
  }

  /** How far it is. Changes nothing. */
  public SchemaState state() throws SQLException {
    try (Connection connection = ComingUp.waitFor(database::getConnection)) {
      requireVersion(connection);
    }
    // The steps are the same in every layout.
    MigrationInfoService info = flyway(new Layout.NativePartitions()).load().info();
    MigrationInfo last = info.current();
    List<Step> pending =
        Arrays.stream(info.pending())
            .map(one -> new Step(String.valueOf(one.getVersion()), one.getDescription()))
            .toList();
    return new SchemaState(last == null ? "" : String.valueOf(last.getVersion()), pending);
  }

  private Layout look() throws SQLException {
    try (Connection connection = ComingUp.waitFor(database::getConnection)) {
      requireVersion(connection);
      return withAggregates(connection, choose(connection));
    }
  }

  private FluentConfiguration flyway(Layout layout) {
    String clause =
        switch (layout) {
          case Layout.Community _, Layout.Hypertables _ -> "";
          case Layout.NativePartitions _ -> "partition by range (time)";
        };
    return Flyway.configure()
        .dataSource(database)
        .schemas(Pool.SCHEMA)
        .placeholders(Map.of("time_partitioned", clause))
        .locations("classpath:db/migration")
        // What only prepares for a later one, a database that has that one does not need.
        .ignoreMigrationPatterns("versioned:ignored", "*:future");
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
    Optional<String> existing =
        Sql.first(connection, EXISTING, row -> row.getString(1), Pool.SCHEMA + ".sample_window");
    if (existing.isEmpty()) {
      return TimescaleServer.creating(connection).layout(true);
    }
    return existing.get().equals("p")
        ? new Layout.NativePartitions()
        : TimescaleServer.of(connection).layout(false);
  }
}
