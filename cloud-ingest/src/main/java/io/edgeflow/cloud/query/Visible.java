package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the tables is shown as one series: of each of its sources what begins in its stretch, but
 * for what somebody marked as wrong.
 *
 * @param stretches in no order; a source may have several
 * @param invalid in the time that is asked for
 */
record Visible(List<Stretch> stretches, List<Invalid> invalid) {
  private static final String SOURCES =
      """
      select coalesce(head, id), id,
        (extract(epoch from greatest(since, 'epoch')) * 1000000)::bigint,
        case when isfinite(until) then (extract(epoch from until) * 1000000)::bigint end
      from series
      where (id = any(?::integer[]) or head = any(?::integer[])) and since < until
      order by since, id
      """;

  private static final String INVALID =
      """
      select coalesce(s.head, s.id), (extract(epoch from i.since) * 1000000)::bigint,
        (extract(epoch from i.until) * 1000000)::bigint, i.who, i.why
      from series_invalid i join series s on s.id = i.series_id
      where i.removed is null and i.since < ? and i.until > ?
        and (s.id = any(?::integer[]) or s.head = any(?::integer[]))
      order by i.since, i.id
      """;

  /**
   * @param source id of the series as its rows have it
   * @param from microseconds, inclusive
   * @param to exclusive; {@code Long.MAX_VALUE} without an end
   */
  record Stretch(int source, long from, long to) {}

  /** Microseconds. */
  record Invalid(long from, long to, String who, String why) {}

  /**
   * By the ids of those series that are more, or less, than what one source sends.
   *
   * @param keepsInvalid whether what is marked as wrong is shown all the same
   */
  static Map<Integer, Visible> read(
      Connection connection, List<SeriesRow> series, Span span, boolean keepsInvalid)
      throws SQLException {
    String ids = ids(series);
    Map<Integer, List<Stretch>> sources = new HashMap<>();
    Sql.rows(
        connection,
        SOURCES,
        row -> {
          Long to = Cells.whole(row, 4);
          var stretch =
              new Stretch(row.getInt(2), row.getLong(3), to == null ? Long.MAX_VALUE : to);
          return sources.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>()).add(stretch);
        },
        ids,
        ids);
    Map<Integer, List<Invalid>> invalid = new HashMap<>();
    Sql.rows(
        connection,
        INVALID,
        row ->
            invalid
                .computeIfAbsent(row.getInt(1), _ -> new ArrayList<>())
                .add(
                    new Invalid(
                        row.getLong(2), row.getLong(3), row.getString(4), row.getString(5))),
        instant(span.to()),
        instant(span.from()),
        ids,
        ids);
    return visible(series, sources, invalid, keepsInvalid);
  }

  private static Map<Integer, Visible> visible(
      List<SeriesRow> series,
      Map<Integer, List<Stretch>> sources,
      Map<Integer, List<Invalid>> invalid,
      boolean keepsInvalid) {
    Map<Integer, Visible> found = new HashMap<>();
    for (SeriesRow row : series) {
      List<Stretch> stretches = sources.getOrDefault(row.id(), List.of());
      List<Invalid> wrong = invalid.getOrDefault(row.id(), List.of());
      if (!wrong.isEmpty()
          || !stretches.equals(List.of(new Stretch(row.id(), 0, Long.MAX_VALUE)))) {
        for (Invalid one : keepsInvalid ? List.<Invalid>of() : wrong) {
          stretches = without(stretches, one);
        }
        found.put(row.id(), new Visible(stretches, wrong));
      }
    }
    return found;
  }

  private static List<Stretch> without(List<Stretch> stretches, Invalid wrong) {
    List<Stretch> left = new ArrayList<>();
    for (Stretch one : stretches) {
      add(left, new Stretch(one.source(), one.from(), Math.min(one.to(), wrong.from())));
      add(left, new Stretch(one.source(), Math.max(one.from(), wrong.to()), one.to()));
    }
    return left;
  }

  private static void add(List<Stretch> stretches, Stretch one) {
    if (one.from() < one.to()) {
      stretches.add(one);
    }
  }

  private static String ids(List<SeriesRow> series) {
    return "{" + String.join(",", series.stream().map(row -> "" + row.id()).toList()) + "}";
  }

  private static Instant instant(long micros) {
    return Moments.time(micros).toInstant();
  }

  /** The ids under which its rows lie. */
  List<Integer> sources() {
    return stretches.stream().map(Stretch::source).distinct().toList();
  }

  boolean shows(int source, long micros) {
    return stretches.stream()
        .anyMatch(one -> one.source() == source && one.from() <= micros && micros < one.to());
  }

  /** What is read of one source. */
  record Reading(int source, Source from, Span span) {}

  /**
   * Where its rows of some time are: hours and days that lie wholly in a stretch, and the windows
   * around these. An hour that is shown in part is left out where its windows are not kept.
   */
  List<Reading> readings(List<Source.Part> parts, Span time, Source.Kept kept) {
    List<Reading> readings = new ArrayList<>();
    for (Source.Part part : parts) {
      for (Stretch stretch : stretches) {
        Span span = part.span().within(time).within(new Span(stretch.from(), stretch.to()));
        if (span.length() > 0) {
          cut(readings, stretch.source(), part.source(), span, kept);
        }
      }
    }
    readings.sort(Comparator.comparingLong(reading -> reading.span().from()));
    return readings;
  }

  private static void cut(
      List<Reading> readings, int source, Source from, Span span, Source.Kept kept) {
    if (from == Source.WINDOWS) {
      add(readings, source, from, span, kept);
      return;
    }
    var grid = new Grid.Even(from.length());
    long begin = Math.min(grid.ceil(span.from()), span.to());
    long end = Math.max(grid.floor(span.to()), begin);
    Source finer = from == Source.DAYS ? Source.HOURS : Source.WINDOWS;
    cutIfAny(readings, source, finer, new Span(span.from(), begin), kept);
    add(readings, source, from, new Span(begin, end), kept);
    cutIfAny(readings, source, finer, new Span(end, Math.max(end, span.to())), kept);
  }

  private static void cutIfAny(
      List<Reading> readings, int source, Source from, Span span, Source.Kept kept) {
    if (span.length() > 0) {
      cut(readings, source, from, span, kept);
    }
  }

  private static void add(
      List<Reading> readings, int source, Source from, Span span, Source.Kept kept) {
    long oldest =
        switch (from) {
          case WINDOWS -> kept.windows();
          case HOURS -> kept.hours();
          case DAYS -> 0;
        };
    Span there = span.within(new Span(oldest, Long.MAX_VALUE));
    if (there.length() > 0) {
      readings.add(new Reading(source, from, there));
    }
  }
}
