package io.edgeflow.cloud.upkeep;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes down what leaves the tables by age, by edge and lane, so that the account of frames can
 * name it. Within the caller's transaction. Stateless.
 */
final class Removed {
  private static final String COUNTS =
      """
      create temp table removed_rows (
        edge_id integer, lane smallint, rows bigint, readings bigint
      ) on commit drop
      """;

  private static final String LOG =
      """
      insert into retention_log (source, part, from_time, to_time, rows)
      select ?, ?, ?, ?, coalesce(sum(rows), 0) from removed_rows
      returning id
      """;

  private static final String SHARES =
      """
      insert into retention_removed (log_id, edge_id, lane, readings)
      select ?, edge_id, lane, readings from removed_rows
      """;

  private static final String TOTAL = "select coalesce(sum(rows), 0)::bigint from removed_rows";

  private Removed() {}

  /**
   * @param rows what goes, counted while it is there: a query in parentheses
   * @param span of all of it
   * @return how many rows
   */
  static long record(
      Connection connection, TimeTable table, String rows, Part span, Object... parameters)
      throws SQLException {
    Sql.run(connection, COUNTS);
    Sql.run(
        connection, "insert into removed_rows " + counting(table, span.name(), rows), parameters);
    long id =
        Sql.first(
                connection,
                LOG,
                row -> row.getLong(1),
                table.sqlName(),
                span.name(),
                span.from(),
                span.to())
            .orElseThrow();
    Sql.run(connection, SHARES, id);
    return Sql.first(connection, TOTAL, row -> row.getLong(1)).orElseThrow();
  }

  private static String counting(TimeTable table, String source, String rows) {
    return switch (table) {
      case SAMPLE_WINDOW, SAMPLE_STATE -> bySeries(rows, 1, "sum(r.count)::bigint");
      case SAMPLE_RAW -> bySeries(rows, 2, "count(*)");
      case EVENT -> "select r.edge_id, 0, count(*), 0 from " + rows + " r group by 1";
      // Their readings are those of windows, but for what came when these were gone.
      case WINDOW_HOUR_SUM, WINDOW_HOUR_STRIP -> bySeries(rows, 1, "0");
      case WINDOW_DAY_SUM ->
          bySeries(rows, 1, source.equals("window_day_old") ? "sum(r.count)::bigint" : "0");
    };
  }

  private static String bySeries(String rows, int lane, String readings) {
    return """
    select s.source_edge_id, %2$d, count(*), %3$s
    from %1$s r join series s on s.id = r.series_id group by 1
    """
        .formatted(rows, lane, readings);
  }
}
