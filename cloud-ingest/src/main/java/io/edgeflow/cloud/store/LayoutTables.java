package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of migrated tables what their layout wants: hypertables with archives beside them, or
 * default partitions; and the views of all rows of a kind. Idempotent. Stateless.
 */
final class LayoutTables {
  private static final Logger LOG = LoggerFactory.getLogger(LayoutTables.class);

  private static final String HYPERTABLE =
      """
      select create_hypertable('%1$s.%2$s', 'time', if_not_exists => true,
        create_default_indexes => false, chunk_time_interval => interval '%3$d seconds')
      """;

  private static final String INTERVAL =
      """
      select set_chunk_time_interval('%1$s.%2$s', interval '%3$d seconds')
      from timescaledb_information.dimensions
      where hypertable_schema = '%1$s' and hypertable_name = '%2$s'
        and time_interval <> interval '%3$d seconds'
      """;

  private static final String ARCHIVE =
      "create table if not exists %1$s.%2$s_other (like %1$s.%2$s including all)";

  private static final String COLUMNS =
      """
      select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
      where attrelid = ?::regclass and attnum > 0 and not attisdropped
      """;

  private static final String COMMENT = "select coalesce(obj_description(to_regclass(?)), '')";

  private LayoutTables() {}

  /**
   * Within the connection's transaction.
   *
   * @return the layout, without what the server says it has and refuses
   */
  static Layout prepare(Connection connection, Layout layout, StorageSettings storage)
      throws SQLException {
    for (TimeTable table : TimeTable.values()) {
      if (table.isPartitioned(layout)) {
        defaultPartition(connection, table);
      } else if (table.view().isPresent()) {
        hypertable(connection, table, table.chunk(storage));
      }
    }
    Layout settled =
        layout instanceof Layout.Community community
            ? community(connection, community, storage)
            : layout;
    views(connection, settled);
    return settled;
  }

  /** Frames must be stored whatever a release of TimescaleDB thinks of what we ask it for. */
  private static Layout community(
      Connection connection, Layout.Community layout, StorageSettings storage) throws SQLException {
    boolean aggregates = layout.continuous() && !ContinuousAggregates.exist(connection);
    if (aggregates) {
      // Also where none come of it: then these tables hold the roll-ups.
      defaultPartition(connection, TimeTable.WINDOW_HOUR_SUM);
      defaultPartition(connection, TimeTable.WINDOW_DAY_SUM);
    }
    if (!attempt(
        connection,
        "compression",
        raw -> CompressionPolicies.prepare(raw, storage.compressAfter()))) {
      return new Layout.Hypertables(layout.version());
    }
    boolean refused =
        aggregates && !attempt(connection, "continuous aggregates", ContinuousAggregates::create);
    return new Layout.Community(layout.version(), layout.continuous() && !refused);
  }

  private interface Step {
    void take(Connection connection) throws SQLException;
  }

  /** Whether the server took it; if not, nothing of it stays. */
  private static boolean attempt(Connection pooled, String what, Step step) throws SQLException {
    // The pool takes a connection away on which a server said that it has no such feature.
    Connection connection = (Connection) pooled.unwrap(PGConnection.class);
    Savepoint before = connection.setSavepoint();
    try {
      step.take(connection);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException refused) {
      connection.rollback(before);
      LOG.warn("the server refuses {}; going on without error={}", what, refused.getMessage());
      return false;
    }
  }

  /** What readers read. */
  static void views(Connection connection, Layout layout) throws SQLException {
    for (TimeTable table : TimeTable.values()) {
      if (table.view().isPresent()) {
        view(connection, layout, table, Pool.SCHEMA + "." + table.view().get());
      }
    }
  }

  private static void defaultPartition(Connection connection, TimeTable table) throws SQLException {
    run(
        connection,
        "create table if not exists %1$s.%2$s partition of %1$s.%3$s default"
            .formatted(Pool.SCHEMA, table.archive(), table.sqlName()));
  }

  private static void hypertable(Connection connection, TimeTable table, Duration chunk)
      throws SQLException {
    for (String statement : List.of(HYPERTABLE, INTERVAL, ARCHIVE)) {
      run(connection, statement.formatted(Pool.SCHEMA, table.sqlName(), chunk.toSeconds()));
    }
  }

  /** Replaced only if it is another: that locks it against everybody. */
  private static void view(Connection connection, Layout layout, TimeTable table, String view)
      throws SQLException {
    String columns = text(connection, COLUMNS, Pool.SCHEMA + "." + table.sqlName());
    List<String> selects = new ArrayList<>();
    for (String part : parts(layout, table)) {
      selects.add("select " + columns + " from " + Pool.SCHEMA + "." + part);
    }
    String query = String.join(" union all ", selects);
    if (!text(connection, COMMENT, view).equals(query)) {
      run(connection, "create or replace view " + view + " as " + query);
      run(connection, "comment on view " + view + " is '" + query + "'");
    }
  }

  private static List<String> parts(Layout layout, TimeTable table) {
    List<String> parts = new ArrayList<>(List.of(table.sqlName()));
    if (layout.hasArchive()) {
      parts.add(table.archive());
    }
    if (layout.compresses() && table == TimeTable.SAMPLE_WINDOW) {
      parts.add("window_late");
    }
    return parts;
  }

  private static String text(Connection connection, String query, String name) throws SQLException {
    return Sql.first(connection, query, row -> row.getString(1), name).orElse("");
  }

  private static void run(Connection connection, String statement) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }
}
