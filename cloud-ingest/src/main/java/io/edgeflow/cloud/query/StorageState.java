package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TimeTable;
import io.edgeflow.process.settings.Durations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tables that grow with time are cut and cleared, for {@code /api/v1/status}.
 *
 * @param layout see {@link Layout#word}
 * @param edition of TimescaleDB and its licence; null without it
 * @param compressAfter null where nothing is compressed
 * @param stagedWindows that wait to be merged into compressed chunks; counted to 10 000
 */
record StorageState(
    String layout,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String edition,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String compressAfter,
    long stagedWindows,
    List<Table> tables) {
  private static final int MOST = 10_000;

  private static final String PARTITIONS =
      """
      select count(*), 0 from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ?::regclass and c.relname <> ?
      """;

  private static final String CHUNKS =
      """
      select count(*), count(*) filter (where is_compressed) from timescaledb_information.chunks
      where format('%I.%I', hypertable_schema, hypertable_name)::regclass = ?::regclass
        and ? <> ''
      """;

  private static final String REMOVED =
      """
      select coalesce(sum(rows), 0)::bigint, (extract(epoch from max(to_time)) * 1000)::bigint
      from retention_log where source = ?
      """;

  /**
   * @param chunk how much time a chunk or partition has
   * @param keep null: forever
   * @param parts chunks or partitions
   * @param archived rows far from now, which share a table; counted to 10 000
   * @param removed rows that age has taken
   * @param removedTo milliseconds since the epoch: age has taken nothing that begins later
   */
  record Table(
      String name,
      String chunk,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String keep,
      long parts,
      long compressed,
      long archived,
      long removed,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long removedTo) {}

  static StorageState read(Connection connection, Layout layout, StorageSettings settings)
      throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (TimeTable table : TimeTable.values()) {
      tables.add(table(connection, layout, settings, table));
    }
    return new StorageState(
        layout.word(),
        edition(layout),
        layout.compresses() ? Durations.format(settings.compressAfter()) : null,
        count(connection, "window_late"),
        tables);
  }

  private static @Nullable String edition(Layout layout) {
    return switch (layout) {
      case Layout.Community(String version, boolean _) ->
          "TimescaleDB " + version + ", community licence";
      case Layout.Hypertables(String version) -> "TimescaleDB " + version + ", Apache licence";
      case Layout.NativePartitions _ -> null;
    };
  }

  private static Table table(
      Connection connection, Layout layout, StorageSettings settings, TimeTable table)
      throws SQLException {
    String query = table.isPartitioned(layout) ? PARTITIONS : CHUNKS;
    long[] parts =
        Sql.first(
                connection,
                query,
                row -> new long[] {row.getLong(1), row.getLong(2)},
                table.sqlName(),
                table.archive())
            .orElseThrow();
    record Gone(long rows, @Nullable Long to) {}
    Gone gone =
        Sql.first(
                connection, REMOVED, row -> new Gone(row.getLong(1), moment(row)), table.sqlName())
            .orElseThrow();
    return new Table(
        table.sqlName(),
        Durations.format(table.part(layout, settings)),
        table.kept(settings).map(StorageState::word).orElse(null),
        parts[0],
        parts[1],
        count(connection, table.archive()),
        gone.rows(),
        gone.to());
  }

  private static String word(Duration duration) {
    return Durations.format(duration);
  }

  private static @Nullable Long moment(ResultSet row) throws SQLException {
    long millis = row.getLong(2);
    return row.wasNull() ? null : millis;
  }

  private static long count(Connection connection, String table) throws SQLException {
    return Sql.first(
            connection,
            "select count(*) from (select from %s limit %d) part".formatted(table, MOST),
            row -> row.getLong(1))
        .orElseThrow();
  }
}
