package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Has TimescaleDB compress old chunks of windows and raw readings: segmented by series, ordered by
 * time. By the interface that 2.11 has and later versions keep beside their columnstore. Needs the
 * community licence. Idempotent. Stateless.
 */
final class CompressionPolicies {
  private static final String IS_ENABLED =
      """
      select compression_enabled from timescaledb_information.hypertables
      where hypertable_schema = ? and hypertable_name = ?
      """;

  private static final String IS_SCHEDULED =
      """
      select (config ->> 'compress_after')::interval = ? * interval '1 second'
      from timescaledb_information.jobs
      where proc_name = 'policy_compression' and hypertable_schema = ? and hypertable_name = ?
      """;

  private CompressionPolicies() {}

  /** Within the connection's transaction. */
  static void prepare(Connection connection, Duration after) throws SQLException {
    // The rest of a key must be part of the order, or a merge would decompress whole segments.
    prepare(connection, TimeTable.SAMPLE_WINDOW, "time, length", after);
    prepare(connection, TimeTable.SAMPLE_RAW, "time, ledger_id, frame, row", after);
  }

  private static void prepare(Connection connection, TimeTable table, String order, Duration after)
      throws SQLException {
    String name = Pool.SCHEMA + "." + table.sqlName();
    boolean enabled =
        Sql.first(connection, IS_ENABLED, row -> row.getBoolean(1), Pool.SCHEMA, table.sqlName())
            .orElse(false);
    boolean scheduled =
        Sql.first(
                connection,
                IS_SCHEDULED,
                row -> row.getBoolean(1),
                after.toSeconds(),
                Pool.SCHEMA,
                table.sqlName())
            .orElse(false);
    try (Statement statement = connection.createStatement()) {
      if (!enabled) {
        statement.execute(
            "alter table %s set (timescaledb.compress, timescaledb.compress_segmentby = 'series_id', timescaledb.compress_orderby = '%s')"
                .formatted(name, order));
      }
      if (!scheduled) {
        statement.execute(
            "select remove_compression_policy('%s', if_exists => true)".formatted(name));
        statement.execute(
            "select add_compression_policy('%s', compress_after => interval '%d seconds')"
                .formatted(name, after.toSeconds()));
      }
    }
  }
}
