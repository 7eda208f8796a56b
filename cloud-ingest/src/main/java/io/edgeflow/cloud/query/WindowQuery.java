package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads windows of some series over some time. The server merges what lies within one stretch of
 * the grid; windows that reach beyond it come one by one, for the {@link Merger}.
 */
final class WindowQuery {
  private static final int FETCH = 4000;

  private static final String EVEN =
      """
      with cut as (
        select *, date_bin(? * interval '1 microsecond', time, 'epoch') as cell,
          ? * interval '1 microsecond' as cell_length
        from sample_window
        where series_id = any(?::int[]) and time >= %1$s and time < %1$s
      ), sliced as (
        select *, time + length * interval '1 microsecond' <= cell + cell_length as fits
        from cut
      )
      """
          .formatted(moment());

  private static final String DAYS =
      """
      with bounds as (
        select array(select %1$s from unnest(?::bigint[]) with ordinality as b (m, n) order by n) as day
      ), cut as (
        select w.*, bounds.day[width_bucket(time, bounds.day)] as cell,
          bounds.day[width_bucket(time, bounds.day) + 1]
            - bounds.day[width_bucket(time, bounds.day)] as cell_length
        from sample_window w, bounds
        where series_id = any(?::int[]) and time >= %2$s and time < %2$s
      ), sliced as (
        select *, coalesce(time + length * interval '1 microsecond' <= cell + cell_length, false)
          as fits
        from cut
      )
      """
          .formatted(moment().replace("?", "m"), moment());

  private static final String SUM =
      """
      select series_id,
        (extract(epoch from case when fits then cell else time end) * 1000000)::bigint as start,
        case when fits then (extract(epoch from cell_length) * 1000000)::bigint else length end
          as span,
        sum(count)::bigint, sum(uncertain)::bigint, sum(stale)::bigint, sum(bad)::bigint,
        min(min), max(max), sum(sum),
        (extract(epoch from min(first_time) filter (where first is not null)) * 1000000)::bigint,
        (array_agg(first order by first_time, first) filter (where first is not null))[1],
        (extract(epoch from max(last_time) filter (where last is not null)) * 1000000)::bigint,
        (array_agg(last order by last_time desc, last desc) filter (where last is not null))[1]
      from sliced
      group by series_id, start, span
      order by series_id, start, span
      """;

  private WindowQuery() {}

  /** Takes the slices by series, and within a series in order of their start. */
  interface Sink {
    void slice(int series, Slice slice);
  }

  /**
   * @param span of which windows that begin in it are read: whole hours, see {@link Span#onHours}
   */
  static void read(Connection connection, List<Integer> series, Span span, Grid grid, Sink sink)
      throws SQLException {
    try (PreparedStatement select = prepare(connection, "", series, span, grid)) {
      select.setFetchSize(FETCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sink.slice(rows.getInt(1), slice(rows));
        }
      }
    }
  }

  /**
   * @param before what stands before the statement, such as {@code explain}
   */
  static PreparedStatement prepare(
      Connection connection, String before, List<Integer> series, Span span, Grid grid)
      throws SQLException {
    String cut =
        switch (grid) {
          case Grid.Even even -> EVEN;
          case Grid.Days days -> DAYS;
        };
    PreparedStatement select = connection.prepareStatement(before + cut + SUM);
    int next = bindGrid(connection, select, span, grid);
    select.setArray(next, connection.createArrayOf("int4", series.toArray()));
    select.setLong(next + 1, span.from());
    select.setLong(next + 2, span.to());
    return select;
  }

  private static int bindGrid(Connection connection, PreparedStatement select, Span span, Grid grid)
      throws SQLException {
    return switch (grid) {
      case Grid.Even even -> {
        select.setLong(1, even.length());
        select.setLong(2, even.length());
        yield 3;
      }
      case Grid.Days days -> {
        List<Long> bounds = new ArrayList<>();
        long bound = days.floor(span.from());
        bounds.add(bound);
        while (bound < span.to()) {
          bound = days.after(bound);
          bounds.add(bound);
        }
        select.setArray(1, connection.createArrayOf("int8", bounds.toArray()));
        yield 2;
      }
    };
  }

  /** Exact to the microsecond, which seconds as a double are not. */
  private static String moment() {
    return "('epoch'::timestamptz + ? * interval '1 microsecond')";
  }

  private static Slice slice(ResultSet row) throws SQLException {
    long start = row.getLong(2);
    double sum = row.getDouble(10);
    long firstMicros = row.getLong(11);
    return new Slice(
        start,
        start + row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        number(row, 8),
        number(row, 9),
        sum,
        firstMicros,
        number(row, 12),
        row.getLong(13),
        number(row, 14));
  }

  private static double number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? Double.NaN : number;
  }
}
