package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a question where the first of its hours was touched. What is before comes out of the roll-up
 * as it is: hours out of their table, windows of five minutes out of strips. What follows, mostly
 * the hour that is not over, is made of the windows themselves. The views say the same, but to plan
 * the one of hours takes longer than to read a month, and to merge a day of windows takes ten times
 * as long as to read its strips. Stateless.
 */
final class Settled {
  private static final long HOUR = 3_600_000_000L;

  /** More than this of windows is dearer than the view. */
  private static final long MOST = 6 * HOUR;

  /** Less than this of windows is read sooner than it is found out what is touched. */
  private static final long LEAST = 3 * HOUR;

  private static final String TOUCHED =
      """
      select s.id, (extract(epoch from t.hour) * 1000000)::bigint
      from (select id, source_edge_id from series where id = any(?::int[])) s
      cross join lateral (
        select hour from rollup_touch where edge_id = s.source_edge_id and hour >= ?
        order by hour limit 1
      ) t
      where t.hour < ?
      """;

  /** With an hour whose windows lie across five minutes. */
  private static final String UNCUT =
      """
      select distinct series_id from window_hour_strip
      where series_id = any(?::int[]) and time >= ? and time < ? and begins is null
      """;

  private Settled() {}

  /**
   * @param ask about series that are each what one source sends
   */
  static List<WindowQuery.Ask> cut(Connection connection, WindowQuery.Ask ask, Source.Kept kept)
      throws SQLException {
    return switch (ask.source()) {
      case WINDOWS -> windows(connection, ask, kept);
      case HOURS -> hours(connection, ask, kept);
      case DAYS -> List.of(ask);
    };
  }

  /** Before windows are kept, hours may have come behind the horizon, which only the view knows. */
  private static List<WindowQuery.Ask> hours(
      Connection connection, WindowQuery.Ask ask, Source.Kept kept) throws SQLException {
    Span span = ask.span();
    if (span.from() < kept.windows()) {
      return List.of(ask);
    }
    long until =
        touched(connection, ask.series(), span).values().stream()
            .min(Long::compare)
            .orElse(span.to());
    Source rest = span.to() - until <= MOST ? Source.WINDOWS : Source.HOURS;
    return List.of(
        with(ask, Source.HOURS, ask.series(), new Span(span.from(), until), true),
        with(ask, rest, ask.series(), new Span(until, span.to()), false));
  }

  private static List<WindowQuery.Ask> windows(
      Connection connection, WindowQuery.Ask ask, Source.Kept kept) throws SQLException {
    var striped = new Span(Math.max(kept.windows(), kept.strips()), Long.MAX_VALUE);
    Span span = ask.span().within(striped);
    if (!StripQuery.fits(ask) || span.length() < LEAST || !span.equals(span.onHours())) {
      return List.of(ask);
    }
    Map<Integer, Long> settledUntil = settledUntil(connection, ask.series(), span);
    List<WindowQuery.Ask> asks = new ArrayList<>();
    // What one edge has sent late is no reason to read the windows of all.
    for (boolean late : new boolean[] {false, true}) {
      List<Integer> some =
          ask.series().stream()
              .filter(id -> late == span.to() - settledUntil.getOrDefault(id, span.to()) > MOST)
              .toList();
      long until =
          some.stream().mapToLong(id -> settledUntil.getOrDefault(id, span.to())).min().orElse(0);
      if (!some.isEmpty()) {
        asks.add(with(ask, Source.WINDOWS, some, new Span(ask.span().from(), span.from()), false));
        asks.add(with(ask, Source.WINDOWS, some, new Span(span.from(), until), true));
        asks.add(with(ask, Source.WINDOWS, some, new Span(until, span.to()), false));
      }
    }
    return asks;
  }

  /** Of those series that are not settled in all of the time; of uncut ones nothing is. */
  private static Map<Integer, Long> settledUntil(
      Connection connection, List<Integer> series, Span span) throws SQLException {
    Map<Integer, Long> until = touched(connection, series, span);
    find(connection, UNCUT, series, span, row -> until.put(row.getInt(1), span.from()));
    return until;
  }

  /** The first hour of the time that was touched, of those series that have one. */
  private static Map<Integer, Long> touched(Connection connection, List<Integer> series, Span span)
      throws SQLException {
    Map<Integer, Long> hours = new HashMap<>();
    find(connection, TOUCHED, series, span, row -> hours.put(row.getInt(1), row.getLong(2)));
    return hours;
  }

  private static void find(
      Connection connection, String query, List<Integer> series, Span span, Sql.Row<?> row)
      throws SQLException {
    Sql.rows(
        connection,
        query,
        row,
        connection.createArrayOf("int4", series.toArray()),
        Moments.time(span.from()),
        Moments.time(span.to()));
  }

  private static WindowQuery.Ask with(
      WindowQuery.Ask ask, Source source, List<Integer> series, Span span, boolean settled) {
    return new WindowQuery.Ask(source, series, span, ask.grid(), ask.columns(), settled);
  }
}
