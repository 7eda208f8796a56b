package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Writes into the roll-up tables what readers of a touched hour or day compute. It does not ask
 * them to, because they look at all that is touched, and an edge may come back with years. Rows
 * that are right already are left alone. Stateless.
 */
public final class Recomputing implements Refresh {
  private static final String COLUMNS =
      "time, first_time, last_time, count, uncertain, stale, bad, min, max, first, last, sum";

  private static final String HOURS =
      statement("window_hour_sum", "window_stored", "1 hour", "true");
  private static final String DAYS =
      statement("window_day_sum", "window_hour_sum", "24 hours", "true");

  @Override
  public void hours(Connection connection, Instant hour, List<Integer> edges) throws SQLException {
    Sql.run(connection, HOURS, hour, connection.createArrayOf("int4", edges.toArray()));
  }

  /** From hours as they are rolled up: those that are touched since hand over to the day again. */
  @Override
  public void days(Connection connection, Instant day, List<Integer> edges) throws SQLException {
    Sql.run(connection, DAYS, day, connection.createArrayOf("int4", edges.toArray()));
  }

  /**
   * @param only a condition on series {@code x} and what begins at {@code p.begin}
   * @return a statement with parameters for the beginning and the edges
   */
  static String statement(String target, String source, String span, String only) {
    return """
    insert into %1$s as r (%4$s, series_id)
    select p.begin, a.*, x.id
    from (select ?::timestamptz as begin) p
    cross join series x
    cross join lateral (
      select coalesce(min(w.first_time) filter (where w.first is not null), p.begin),
        coalesce(max(w.last_time) filter (where w.last is not null), p.begin),
        sum(w.count)::bigint, sum(w.uncertain)::bigint, sum(w.stale)::bigint,
        sum(w.bad)::bigint, min(w.min), max(w.max),
        (array_agg(w.first order by w.first_time, w.first)
          filter (where w.first is not null))[1],
        (array_agg(w.last order by w.last_time desc, w.last desc)
          filter (where w.last is not null))[1],
        sum(w.sum)
      from %2$s w
      where w.series_id = x.id and w.time >= p.begin and w.time < p.begin + interval '%3$s'
      having count(*) > 0
    ) a
    where x.source_edge_id = any(?::int[]) and %7$s
    order by x.id
    on conflict (series_id, time) do update set (%4$s) = (%5$s)
    where (%6$s) is distinct from (%5$s)
    """
        .formatted(target, source, span, COLUMNS, of("excluded", COLUMNS), of("r", COLUMNS), only);
  }

  /** Those columns of a row. */
  static String of(String row, String columns) {
    return row + "." + columns.replace(", ", ", " + row + ".");
  }
}
