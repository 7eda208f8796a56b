package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Writes strips: the windows of an hour of a series, merged by five minutes, in one row. They are
 * true as long as the hour's roll-up is (Q1). Windows that are longer than five minutes stay by
 * themselves; of those that lie across five minutes there is only a row that says so. Stateless.
 */
public final class Strips {
  /** What strips are cut into, microseconds. */
  public static final long CELL_MICROS = 300_000_000;

  private static final String COLUMNS =
      "begins, count, uncertain, stale, bad, min, max, sum, first_time, first, last_time, last";

  private static final String STATEMENT =
      """
      insert into window_hour_strip as r (time, series_id, length, %1$s)
      select p.begin, x.id, a.*
      from (select ?::timestamptz as begin) p
      cross join series x
      cross join lateral (
        select c.length,
          %5$s
        from (
          select w.length, w.fits, date_part('epoch', w.cell) as cell,
            sum(w.count)::bigint as count, sum(w.uncertain)::bigint as uncertain,
            sum(w.stale)::bigint as stale, sum(w.bad)::bigint as bad,
            sum(sum(w.uncertain)) over (partition by w.length) as uncertains,
            sum(sum(w.stale)) over (partition by w.length) as stales,
            sum(sum(w.bad)) over (partition by w.length) as bads,
            min(w.min) as min, max(w.max) as max, sum(w.sum) as sum,
            date_part('epoch', min(w.first_time) filter (where w.first is not null)) as first_time,
            (array_agg(w.first order by w.first_time, w.first)
              filter (where w.first is not null))[1] as first,
            date_part('epoch', max(w.last_time) filter (where w.last is not null)) as last_time,
            (array_agg(w.last order by w.last_time desc, w.last desc)
              filter (where w.last is not null))[1] as last
          from (
            select s.*, s.length >= %2$d or %2$d %% s.length = 0 as fits,
              case
                when s.length >= %2$d then s.time
                when %2$d %% s.length = 0
                  then date_bin(%2$d * interval '1 microsecond', s.time, 'epoch')
                else p.begin
              end as cell
            from window_stored s
            where s.series_id = x.id and s.time >= p.begin
              and s.time < p.begin + interval '1 hour'
          ) w
          group by w.length, w.fits, w.cell
        ) c
        group by c.length
      ) a
      where x.source_edge_id = any(?::int[])
      order by x.id
      on conflict (series_id, time, length) do update set (%1$s) = (%3$s)
      where (%4$s) is distinct from (%3$s)
      """
          .formatted(
              COLUMNS,
              CELL_MICROS,
              Recomputing.of("excluded", COLUMNS),
              Recomputing.of("r", COLUMNS),
              String.join(
                  ",\n          ",
                  packed("float8send(c.cell)", ""),
                  packed("int8send(c.count)", ""),
                  packed("int8send(c.uncertain)", " and c.uncertains > 0"),
                  packed("int8send(c.stale)", " and c.stales > 0"),
                  packed("int8send(c.bad)", " and c.bads > 0"),
                  packed(numberOrNone("min"), ""),
                  packed(numberOrNone("max"), ""),
                  packed(numberOrNone("sum"), ""),
                  packed(numberOrNone("first_time"), ""),
                  packed(numberOrNone("first"), ""),
                  packed(numberOrNone("last_time"), ""),
                  packed(numberOrNone("last"), "")));

  private Strips() {}

  private static String packed(String bytes, String condition) {
    return "string_agg(%s, '' order by c.cell) filter (where c.fits%s)".formatted(bytes, condition);
  }

  private static String numberOrNone(String column) {
    return "float8send(coalesce(c." + column + ", 'NaN'))";
  }

  /**
   * Before touches are taken away over this connection: who does so otherwise has written no
   * strips, and the database has nobody ask for them.
   */
  static void announce(Connection connection) throws SQLException {
    Sql.run(connection, "set edgeflow.strips = 'written'");
  }

  /**
   * When it returns, the strips hold at least what had been committed when it was called. The
   * connection is in auto-commit mode.
   *
   * @param hour its beginning in UTC
   * @param edges whose series are concerned
   */
  public static void write(Connection connection, Instant hour, List<Integer> edges)
      throws SQLException {
    Sql.run(connection, STATEMENT, hour, connection.createArrayOf("int4", edges.toArray()));
  }
}
