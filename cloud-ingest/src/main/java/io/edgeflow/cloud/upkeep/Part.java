package io.edgeflow.cloud.upkeep;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk or partition.
 *
 * @param whole the table that it is a part of, with its schema
 * @param name with its schema, as SQL takes it
 * @param to the first moment behind it
 * @param chunk whether it is TimescaleDB's
 */
record Part(String whole, String name, Instant from, Instant to, boolean chunk) {
  /** Of a table, or of the continuous aggregate in its place. */
  private static final String CHUNKS =
      """
      select h.whole, format('%I.%I', c.chunk_schema, c.chunk_name), c.range_start, c.range_end,
        true
      from (
        select hypertable_schema || '.' || hypertable_name as whole, hypertable_schema as schema,
          hypertable_name as name
        from timescaledb_information.hypertables
        where hypertable_schema = ? and hypertable_name = ?
        union all
        select view_schema || '.' || view_name, materialization_hypertable_schema,
          materialization_hypertable_name
        from timescaledb_information.continuous_aggregates
        where view_schema = ? and view_name = ? || '_cagg'
      ) h
      join timescaledb_information.chunks c
        on c.hypertable_schema = h.schema and c.hypertable_name = h.name
      where c.range_end <= ?
      order by c.range_end
      """;

  private static final String PARTITIONS =
      """
      select whole, name, begins, ends, false
      from (
        select i.inhparent::regclass::text as whole,
          format('%I.%I', n.nspname, c.relname) as name,
          (regexp_match(b.bound, 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz as begins,
          (regexp_match(b.bound, 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as ends
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        join pg_namespace n on n.oid = c.relnamespace
        cross join lateral pg_get_expr(c.relpartbound, c.oid) as b (bound)
        where i.inhparent = to_regclass(? || '.' || ?)
      ) p
      where ends <= ?
      order by ends
      """;

  /** Those of which all is older, the oldest first. */
  static List<Part> before(Connection connection, Layout layout, TimeTable table, Instant cutoff)
      throws SQLException {
    String name = table.sqlName();
    List<Part> parts =
        new ArrayList<>(Sql.rows(connection, PARTITIONS, Part::of, Pool.SCHEMA, name, cutoff));
    if (layout.hasArchive()) {
      parts.addAll(
          Sql.rows(connection, CHUNKS, Part::of, Pool.SCHEMA, name, Pool.SCHEMA, name, cutoff));
    }
    return parts;
  }

  private static Part of(ResultSet row) throws SQLException {
    return new Part(
        row.getString(1), row.getString(2), instant(row, 3), instant(row, 4), row.getBoolean(5));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
