package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Windows that come when their minutes have passed the {@link Horizon}: merged into the days, and
 * into the hours as long as these are kept, and into nothing else (Q1). Belongs to one connection.
 */
final class OldWindows {
  private static final long HOUR_MICROS = Duration.ofHours(1).toNanos() / 1000;

  private static final String[] COLUMNS = {
    "time",
    "first_time",
    "last_time",
    "count",
    "uncertain",
    "stale",
    "bad",
    "min",
    "max",
    "first",
    "last",
    "sum",
    "series_id"
  };

  private static final String CREATE =
      """
      create temp table if not exists stage_old
      (like window_hour_old including defaults) on commit delete rows
      """;

  private static final String HOURS =
      """
      insert into window_hour_old as w (%1$s)
      select %1$s from stage_old
      where time >= (select hours from rollup_horizon)
      order by series_id, time
      """
          .formatted(String.join(", ", COLUMNS));

  private static final String DAYS =
      """
      insert into window_day_old as w (%s)
      select day, coalesce(min(first_time) filter (where first is not null), day),
        coalesce(max(last_time) filter (where last is not null), day),
        sum(count)::bigint, sum(uncertain)::bigint, sum(stale)::bigint, sum(bad)::bigint,
        min(min), max(max),
        (array_agg(first order by first_time, first) filter (where first is not null))[1],
        (array_agg(last order by last_time desc, last desc) filter (where last is not null))[1],
        sum(sum), series_id
      from (select *, date_bin('24 hours', time, 'epoch') as day from stage_old) s
      group by series_id, day
      order by series_id, day
      """
          .formatted(String.join(", ", COLUMNS));

  private static final String MERGE =
      """
      on conflict (series_id, time) do update set
        count = w.count + excluded.count,
        uncertain = w.uncertain + excluded.uncertain,
        stale = w.stale + excluded.stale,
        bad = w.bad + excluded.bad,
        min = least(w.min, excluded.min),
        max = greatest(w.max, excluded.max),
        sum = w.sum + excluded.sum,
        first_time = case when %1$s then excluded.first_time else w.first_time end,
        first = case when %1$s then excluded.first else w.first end,
        last_time = case when %2$s then excluded.last_time else w.last_time end,
        last = case when %2$s then excluded.last else w.last end
      """
          .formatted(takes("first", "<"), takes("last", ">"));

  private final BinaryCopy stage = new BinaryCopy("stage_old", COLUMNS);
  private WindowBatch merged = new WindowBatch(0);

  private static String takes(String column, String order) {
    return "(excluded.min is not null and (w.min is null or"
        .concat(" (excluded.%1$s_time, excluded.%1$s) %2$s (w.%1$s_time, w.%1$s)))")
        .formatted(column, order);
  }

  /** Once per connection. */
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
  }

  void clear() {
    merged = new WindowBatch(0);
  }

  /**
   * @throws IllegalArgumentException or {@link ArithmeticException} where it cannot be widened
   */
  void add(int series, Window window) {
    merged.add(series, window.widen(HOUR_MICROS));
  }

  /** Within the transaction that holds the horizon. */
  void send(Connection connection) throws SQLException {
    if (merged.size() == 0) {
      return;
    }
    merged.settle();
    stage.clear();
    for (int i = 0; i < merged.size(); i++) {
      row(merged.series(i), merged.window(i));
    }
    try (Statement statement = connection.createStatement()) {
      // Another part of a narrowed batch may have been there.
      statement.execute("delete from stage_old");
      stage.send(connection);
      statement.execute(HOURS + MERGE);
      statement.execute(DAYS + MERGE);
    }
  }

  private void row(int series, Window hour) {
    stage
        .row(COLUMNS.length)
        .time(hour.startMicros())
        .time(hour.firstMicros())
        .time(hour.lastMicros())
        .int8(hour.count())
        .int8(hour.uncertain())
        .int8(hour.stale())
        .int8(hour.bad())
        .float8(hour.min())
        .float8(hour.max())
        .float8(hour.first())
        .float8(hour.last())
        .float8(hour.sum())
        .int4(series);
  }
}
