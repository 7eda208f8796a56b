package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Puts continuous aggregates in the place of the tables of hours and days, in a database that has
 * nothing yet. What an aggregate cannot see, because it lies in an archive or is staged, is rolled
 * up into the tables, which are kept beside it; a row there stands for the aggregate's. Needs the
 * community licence. Stateless.
 */
final class ContinuousAggregates {
  private static final String COLUMNS =
      "time, first_time, last_time, count, uncertain, stale, bad, min, max, first, last, sum,"
          + " series_id";

  private static final String READERS =
      """
      select distinct c.oid::regclass::text, pg_get_viewdef(c.oid)
      from pg_depend d
      join pg_rewrite r on r.oid = d.objid
      join pg_class c on c.oid = r.ev_class and c.relkind = 'v'
      where d.refobjid in (to_regclass(?), to_regclass(?))
      order by 1
      """;

  private record Reader(String name, String query) {}

  private ContinuousAggregates() {}

  static boolean exist(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            "select 1 from pg_class where oid = to_regclass(?)",
            row -> true,
            Pool.SCHEMA + ".window_hour_sum_cagg")
        .isPresent();
  }

  /** Within the connection's transaction. The tables have their default partitions. */
  static void create(Connection connection) throws SQLException {
    for (TimeTable table : List.of(TimeTable.WINDOW_HOUR_SUM, TimeTable.WINDOW_DAY_SUM)) {
      create(
          connection,
          table,
          "materialized view",
          "with (timescaledb.continuous, timescaledb.materialized_only = true)",
          " with no data");
    }
    replace(connection);
  }

  /**
   * @param kind of view that sums
   */
  static void create(Connection connection, TimeTable table, String kind, String with, String data)
      throws SQLException {
    boolean hours = table == TimeTable.WINDOW_HOUR_SUM;
    String source = hours ? "sample_window" : "window_hour_sum_cagg";
    String bucket = "time_bucket(interval '" + (hours ? "1 hour" : "1 day") + "', time)";
    run(
        connection,
        """
        create %1$s store.%2$s_cagg %3$s as
        select %4$s as time,
          coalesce(min(first_time) filter (where first is not null), %4$s) as first_time,
          coalesce(max(last_time) filter (where last is not null), %4$s) as last_time,
          sum(count)::bigint as count, sum(uncertain)::bigint as uncertain,
          sum(stale)::bigint as stale, sum(bad)::bigint as bad,
          min(min) as min, max(max) as max,
          (array_agg(first order by first_time, first) filter (where first is not null))[1] as first,
          (array_agg(last order by last_time desc, last desc) filter (where last is not null))[1]
            as last,
          sum(sum) as sum, series_id
        from store.%5$s
        group by %4$s, series_id
        """
                .formatted(kind, table.sqlName(), with, bucket, source)
            + data);
  }

  /** Readers of the tables become readers of both. */
  static void replace(Connection connection) throws SQLException {
    List<Reader> readers =
        Sql.rows(
            connection,
            READERS,
            row -> new Reader(row.getString(1), row.getString(2)),
            Pool.SCHEMA + ".window_hour_sum",
            Pool.SCHEMA + ".window_day_sum");
    for (String name : List.of("window_hour", "window_day")) {
      run(connection, "alter table store.%1$s_sum rename to %1$s_far".formatted(name));
      run(
          connection,
          """
          create view store.%1$s_sum as
          select %2$s from store.%1$s_far
          union all
          select %2$s from store.%1$s_sum_cagg c
          where not exists (
            select from store.%1$s_far f where f.series_id = c.series_id and f.time = c.time
          )
          """
              .formatted(name, COLUMNS));
    }
    for (Reader reader : readers) {
      run(connection, "create or replace view " + reader.name() + " as " + reader.query());
    }
  }

  private static void run(Connection connection, String statement) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }
}
