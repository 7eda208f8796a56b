package io.edgeflow.cloud.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an hour or a day of a series should be, and what a view says. The sum has a tolerance, all
 * else is equal to the bit.
 */
record Rolled(
    long count,
    long uncertain,
    long stale,
    long bad,
    double min,
    double max,
    double sum,
    long firstMicros,
    double first,
    long lastMicros,
    double last) {
  static final long HOUR = 3_600_000_000L;
  static final long DAY = 24 * HOUR;

  private static final double EPSILON = 0x1p-50;

  static Rolled of(Window w) {
    return new Rolled(
        w.count(),
        w.uncertain(),
        w.stale(),
        w.bad(),
        w.min(),
        w.max(),
        w.sum(),
        w.firstMicros(),
        w.first(),
        w.lastMicros(),
        w.last());
  }

  long valued() {
    return count - stale - bad;
  }

  /** Of two hours of a day. Whoever has no value has the day's beginning for its times. */
  Rolled plus(Rolled more) {
    boolean takesFirst =
        more.valued() > 0
            && (valued() == 0
                || more.firstMicros < firstMicros
                || (more.firstMicros == firstMicros && more.first < first));
    boolean takesLast =
        more.valued() > 0
            && (valued() == 0
                || more.lastMicros > lastMicros
                || (more.lastMicros == lastMicros && more.last > last));
    return new Rolled(
        count + more.count,
        uncertain + more.uncertain,
        stale + more.stale,
        bad + more.bad,
        valued() == 0 ? more.min : more.valued() == 0 ? min : Math.min(min, more.min),
        valued() == 0 ? more.max : more.valued() == 0 ? max : Math.max(max, more.max),
        sum + more.sum,
        takesFirst ? more.firstMicros : firstMicros,
        takesFirst ? more.first : first,
        takesLast ? more.lastMicros : lastMicros,
        takesLast ? more.last : last);
  }

  private Rolled in(long begin) {
    return valued() > 0
        ? this
        : new Rolled(count, uncertain, stale, bad, min, max, sum, begin, first, begin, last);
  }

  private Rolled withSum(double other) {
    return new Rolled(
        count, uncertain, stale, bad, min, max, other, firstMicros, first, lastMicros, last);
  }

  /** A row of a series, by its beginning. */
  record Key(String series, long begin) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = series.compareTo(other.series);
      return order != 0 ? order : Long.compare(begin, other.begin);
    }
  }

  static void add(Map<Key, Window> hours, String series, Window window) {
    Window wide = window.widen(HOUR);
    hours.merge(new Key(series, wide.startMicros()), wide, Window::merge);
  }

  static Map<Key, Rolled> hours(Map<Key, Window> hours) {
    Map<Key, Rolled> rolled = new TreeMap<>();
    hours.forEach((key, window) -> rolled.put(key, of(window)));
    return rolled;
  }

  static Map<Key, Rolled> days(Map<Key, Window> hours) {
    Map<Key, Rolled> days = new TreeMap<>();
    hours.forEach(
        (key, window) -> {
          long day = Math.floorDiv(key.begin(), DAY) * DAY;
          days.merge(new Key(key.series(), day), of(window).in(day), Rolled::plus);
        });
    return days;
  }

  /** The rows of window_hour or window_day, named by edge and series. */
  static Map<Key, Rolled> read(Connection connection, String view) throws SQLException {
    Map<Key, Rolled> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select e.name || '/' || s.name as path, w.* from "
                    + view
                    + " w join series s on s.id = w.series_id join edge e on e.id = s.edge_id")) {
      while (row.next()) {
        Key key = new Key(row.getString("path"), micros(row, "time"));
        assertEquals(null, rows.put(key, read(row)), () -> "twice in " + view + ": " + key);
      }
    }
    return rows;
  }

  static void assertSame(Map<Key, Rolled> expected, Map<Key, Rolled> actual, String where) {
    assertEquals(expected.keySet(), actual.keySet(), where);
    expected.forEach(
        (key, one) -> {
          Rolled other = Objects.requireNonNull(actual.get(key));
          double span = one.valued() == 0 ? 0 : Math.max(Math.abs(one.min), Math.abs(one.max));
          double room = span * one.count * one.count * EPSILON;
          assertTrue(
              Math.abs(one.sum - other.sum) <= room, () -> where + key + one + " is " + other);
          assertEquals(one, other.withSum(one.sum), () -> where + key);
        });
  }

  private static Rolled read(ResultSet row) throws SQLException {
    return new Rolled(
        row.getLong("count"),
        row.getLong("uncertain"),
        row.getLong("stale"),
        row.getLong("bad"),
        number(row, "min"),
        number(row, "max"),
        row.getDouble("sum"),
        micros(row, "first_time"),
        number(row, "first"),
        micros(row, "last_time"),
        number(row, "last"));
  }

  static long micros(ResultSet row, String column) throws SQLException {
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
  }

  private static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
