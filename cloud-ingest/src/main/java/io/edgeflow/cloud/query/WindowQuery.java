package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.PGStatement;

/**
 * Reads windows of some series over some time. The server merges those of one length that lie
 * within one stretch of the grid, and computes only what is asked for; the rest is left to the
 * {@link Merger}: joining lengths, and windows that reach beyond a stretch, which come one by one.
 */
final class WindowQuery {
  private static final int FETCH = 4000;

  private static final String BOUNDS =
      """
      with bounds as (
        select array(
          select 'epoch'::timestamptz + m * interval '1 microsecond'
          from unnest(?::bigint[]) with ordinality as b (m, n) order by n) as day
      )
      """;

  private static final String EVEN_CELL =
      """
      case when ? % w.length = 0 then date_bin(? * interval '1 microsecond', w.time, 'epoch')
        else w.time end\
      """;

  /** What ends behind the next day's beginning stays by itself. */
  private static final String DAY_CELL =
      """
      case when w.time + w.length * interval '1 microsecond'
          <= bounds.day[width_bucket(w.time, bounds.day) + 1]
        then bounds.day[width_bucket(w.time, bounds.day)] else w.time end\
      """;

  private static final String WINDOWS =
      """
      window_stored w
      where w.series_id = any(?::int[]) and w.time >= ? and w.time < ?
      """;

  private static final String ORDERED =
      """
      date_part('epoch', min(first_time) filter (where first is not null)),
        (array_agg(first) filter (where first is not null))[1],
        date_part('epoch', max(last_time) filter (where last is not null)),
        (array_agg(last) filter (where last is not null))[count(last)]\
      """;

  private WindowQuery() {}

  /** Takes the slices by series, and within a series in order of their start. */
  interface Sink {
    void slice(int series, Slice slice);
  }

  /**
   * What is read.
   *
   * @param span of which windows that begin in it are read: whole hours, see {@link Span#onHours}
   * @param columns what need not be computed is not
   * @param settled whether all of it is known to be rolled up, see {@link Settled}: then hours come
   *     out of their table, and windows of strips
   */
  record Ask(
      Source source,
      List<Integer> series,
      Span span,
      Grid grid,
      Set<Column> columns,
      boolean settled) {
    Ask(Source source, List<Integer> series, Span span, Grid grid, Set<Column> columns) {
      this(source, series, span, grid, columns, false);
    }

    /** Whether it is answered from strips, see {@link StripQuery}. */
    boolean readsStrips() {
      return source == Source.WINDOWS && settled;
    }

    boolean wantsRows() {
      return columns.contains(Column.STDDEV);
    }
  }

  static void read(Connection connection, Ask ask, Sink sink) throws SQLException {
    if (ask.readsStrips()) {
      StripQuery.read(connection, ask, sink);
      return;
    }
    try (PreparedStatement select = prepare(connection, "", ask)) {
      // Numbers as they are: printing and reading them took longer than finding them.
      select.unwrap(PGStatement.class).setPrepareThreshold(-1);
      select.setFetchSize(FETCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sink.slice(rows.getInt(1), slice(rows, ask.grid()));
        }
      }
    }
  }

  /**
   * Before the first reading of a transaction: a plan for any time would look into every partition.
   */
  static void planEach(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local plan_cache_mode = force_custom_plan");
    }
  }

  /**
   * @param before what stands before the statement, such as {@code explain}
   */
  static PreparedStatement prepare(Connection connection, String before, Ask ask)
      throws SQLException {
    boolean days = ask.grid() instanceof Grid.Days;
    String cells =
        "select %s as cell, w.* from %s%s"
            .formatted(
                days ? DAY_CELL : EVEN_CELL,
                days ? "bounds cross join " : "",
                ask.source() == Source.WINDOWS ? WINDOWS : rollUps(ask));
    PreparedStatement select =
        connection.prepareStatement(before + (days ? BOUNDS : "") + statement(ask, cells));
    int next = bindGrid(connection, select, ask.span(), ask.grid());
    select.setArray(next, connection.createArrayOf("int4", ask.series().toArray()));
    // As constants: a sum with the epoch would be computed for every row.
    select.setObject(next + 1, Moments.time(ask.span().from()));
    select.setObject(next + 2, Moments.time(ask.span().to()));
    return select;
  }

  /** Series by series: the server knows of one, and not of several, where its rows lie. */
  private static String rollUps(Ask ask) {
    Source source = ask.source();
    return """
    unnest(?::int[]) as u (id) cross join lateral (
      select %s from %s r where r.series_id = u.id and r.time >= ? and r.time < ? offset 0
    ) w
    """
        .formatted(
            ask.settled() ? "bigint '" + source.length() + "' as length, r.*" : "*",
            ask.settled() ? source.table() : source.view());
  }

  private static String statement(Ask ask, String cells) {
    return ask.wantsRows() ? rows(ask, cells) : grouped(ask, cells);
  }

  /** Sums as doubles, which are exact up to 2^53 and much quicker; so are times until 2106. */
  private static String grouped(Ask ask, String cells) {
    boolean ordered = Column.wantOrder(ask.columns());
    return """
    select series_id, date_part('epoch', cell), length,
      sum(count::float8), sum(uncertain::float8), sum(stale::float8), sum(bad::float8),
      %s, %s, sum(sum), null::float8,
      %s
    from (%s) c
    group by series_id, cell, length
    order by series_id, cell, length
    """
        .formatted(
            ask.columns().contains(Column.MIN) ? "min(min)" : "null::float8",
            ask.columns().contains(Column.MAX) ? "max(max)" : "null::float8",
            ordered ? ORDERED : "null::float8, null::float8, null::float8, null::float8",
            // Windows of one length do not overlap: their order is that of their readings.
            ordered ? cells + " order by w.series_id, cell, w.length, w.time offset 0" : cells);
  }

  private static String rows(Ask ask, String cells) {
    return """
    select series_id, date_part('epoch', cell), length,
      count::float8, uncertain::float8, stale::float8, bad::float8, min, max, sum, %s,
      date_part('epoch', first_time), first, date_part('epoch', last_time), last
    from (%s) c
    order by series_id, cell, time, length
    """
        .formatted(ask.source() == Source.WINDOWS ? "m2" : "null::float8", cells);
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

  private static Slice slice(ResultSet row, Grid grid) throws SQLException {
    long start = micros(row, 2);
    long length = row.getLong(3);
    return new Slice(
        start,
        grid.floor(start) == start ? Math.max(start + length, grid.after(start)) : start + length,
        (long) row.getDouble(4),
        (long) row.getDouble(5),
        (long) row.getDouble(6),
        (long) row.getDouble(7),
        number(row, 8),
        number(row, 9),
        row.getDouble(10),
        number(row, 11),
        micros(row, 12),
        number(row, 13),
        micros(row, 14),
        number(row, 15));
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    return Math.round(row.getDouble(column) * 1e6);
  }

  private static double number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? Double.NaN : number;
  }
}
