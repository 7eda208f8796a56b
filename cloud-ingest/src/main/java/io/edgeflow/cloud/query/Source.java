package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where points are made from: the coarser, the fewer rows are read. */
enum Source {
  WINDOWS("windows", "window_stored", 0),
  /** Of UTC, like days. */
  HOURS("hours", "window_hour", 3_600_000_000L),
  DAYS("days", "window_day", 86_400_000_000L);

  private static final String HORIZON =
      """
      select (extract(epoch from greatest(minutes, 'epoch')) * 1000000)::bigint,
        (extract(epoch from greatest(hours, 'epoch')) * 1000000)::bigint,
        (extract(epoch from greatest(strips, 'epoch')) * 1000000)::bigint
      from rollup_horizon
      """;

  private final String word;
  private final String view;
  private final long length;

  Source(String word, String view, long length) {
    this.word = word;
    this.view = view;
    this.length = length;
  }

  String word() {
    return word;
  }

  String view() {
    return view;
  }

  /** What the view has where nothing was touched since it was rolled up. */
  String table() {
    return view + (this == WINDOWS ? "" : "_sum");
  }

  /** Of each of its rows, microseconds; 0 where they differ. */
  long length() {
    return length;
  }

  /** A stretch of time that is read from one source. */
  record Part(Source source, Span span) {}

  /**
   * What is kept.
   *
   * @param windows from when on there are windows, microseconds; before that only hours
   * @param hours from when on there are hours; before that only days
   * @param strips from when on hours that are rolled up have strips
   */
  record Kept(long windows, long hours, long strips) {
    static final Kept ALL = new Kept(0, 0, 0);

    static Kept read(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(HORIZON)) {
        return row.next() ? new Kept(row.getLong(1), row.getLong(2), row.getLong(3)) : ALL;
      }
    }
  }

  /** The coarsest source whose rows fit into the grid, by its lengths and borders. */
  static Source fitting(Grid grid, Span span, Set<Column> columns) {
    if (columns.contains(Column.STDDEV)) {
      return WINDOWS;
    }
    return switch (grid) {
      case Grid.Even(long length) -> length % HOURS.length == 0 ? HOURS : WINDOWS;
      case Grid.Days(int days, ZoneId zone) -> {
        if (!hasOffsetsOf(zone, span, 3600)) {
          yield WINDOWS;
        }
        // Whoever counts several days from a Monday counts whole days of UTC too.
        yield hasOffsetsOf(zone, span, 86_400) ? DAYS : HOURS;
      }
    };
  }

  /**
   * What is read when: the source that fits, or a coarser one where it is not kept any more. Where
   * that is days, it begins with a whole one.
   */
  static List<Part> parts(Source fitting, Span span, Kept kept) {
    List<Part> parts = new ArrayList<>();
    long daysUntil = Math.clamp(kept.hours(), span.from(), span.to());
    long hoursUntil = Math.clamp(kept.windows(), daysUntil, span.to());
    add(parts, DAYS, span.from(), daysUntil);
    add(parts, fitting == DAYS ? DAYS : HOURS, daysUntil, hoursUntil);
    add(parts, fitting, hoursUntil, span.to());
    return parts;
  }

  private static void add(List<Part> parts, Source source, long from, long to) {
    if (from >= to) {
      return;
    }
    long begin = source == DAYS ? Math.floorDiv(from, DAYS.length) * DAYS.length : from;
    if (!parts.isEmpty() && parts.getLast().source() == source) {
      begin = parts.removeLast().span().from();
    }
    parts.add(new Part(source, new Span(begin, to)));
  }

  /** Whether the clocks of a place differ from UTC by multiples of this, all the time. */
  static boolean hasOffsetsOf(ZoneId zone, Span span, int seconds) {
    var rules = zone.getRules();
    Instant from = Instant.EPOCH.plusMillis(span.from() / 1000);
    Instant to = Instant.EPOCH.plusMillis(span.to() / 1000);
    if (rules.getOffset(from).getTotalSeconds() % seconds != 0) {
      return false;
    }
    var change = rules.nextTransition(from);
    while (change != null && change.getInstant().isBefore(to)) {
      if (change.getOffsetAfter().getTotalSeconds() % seconds != 0) {
        return false;
      }
      change = rules.nextTransition(change.getInstant());
    }
    return true;
  }
}
