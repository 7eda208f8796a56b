package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Refreshes TimescaleDB's continuous aggregates for one hour or day. They see the hypertable alone:
 * series with windows in its archive, or staged, are rolled up into the tables beside them, which
 * from then on stand for them. Stateless.
 */
public final class RefreshingAggregates implements Refresh {
  private static final String HOURS =
      Recomputing.statement(
          "window_hour_far",
          "window_stored",
          "1 hour",
          """
          (exists (select from sample_window_other w where w.series_id = x.id
              and w.time >= p.begin and w.time < p.begin + interval '1 hour')
            or exists (select from window_late w where w.series_id = x.id
              and w.time >= p.begin and w.time < p.begin + interval '1 hour')
            or exists (select from window_hour_far f where f.series_id = x.id and f.time = p.begin))
          """);

  private static final String DAYS =
      Recomputing.statement(
          "window_day_far",
          "window_hour_sum",
          "24 hours",
          """
          (exists (select from window_hour_far f where f.series_id = x.id
              and f.time >= p.begin and f.time < p.begin + interval '24 hours')
            or exists (select from window_day_far f where f.series_id = x.id and f.time = p.begin))
          """);

  @Override
  public void hours(Connection connection, Instant hour, List<Integer> edges) throws SQLException {
    Sql.run(connection, HOURS, hour, connection.createArrayOf("int4", edges.toArray()));
    refresh(connection, "window_hour_sum_cagg", "sample_window", hour, Duration.ofHours(1));
  }

  @Override
  public void days(Connection connection, Instant day, List<Integer> edges) throws SQLException {
    Sql.run(connection, DAYS, day, connection.createArrayOf("int4", edges.toArray()));
    refresh(connection, "window_day_sum_cagg", "window_hour_sum_cagg", day, Duration.ofDays(1));
  }

  private static void refresh(
      Connection connection, String aggregate, String source, Instant from, Duration length)
      throws SQLException {
    Instant to = from.plus(length);
    // Far from all data a refresh would have every insert remembered from then on.
    String any = "select 1 from %s where time >= ? and time < ? limit 1".formatted(source);
    if (Sql.first(connection, any, row -> true, from, to).isPresent()) {
      Sql.run(
          connection,
          "call refresh_continuous_aggregate(?::regclass, ?::timestamptz, ?::timestamptz)",
          aggregate,
          from,
          to);
    }
  }
}
