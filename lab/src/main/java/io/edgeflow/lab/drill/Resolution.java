package io.edgeflow.lab.drill;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In which resolution the windows of a scaled day arrived.
 *
 * @param windows by hour of the day from 0, then by length in microseconds
 */
record Resolution(Map<Integer, Map<Long, Sum>> windows) {
  private static final int HOURS = 24;

  private static final String QUERY =
      """
      select least(floor((extract(epoch from w.time) * 1e6 - ?) / ?), 23)::int as hour, w.length,
        count(*), sum(w.count)::bigint
      from sample_window w join series s on s.id = w.series_id
      where s.name like ? group by 1, 2
      """;

  /**
   * @param startMicros when the day began
   * @param pattern of the names of its series, as in SQL
   */
  static Resolution of(Tables tables, long startMicros, Duration day, String pattern)
      throws IOException, SQLException {
    var resolution = new Resolution(new TreeMap<>());
    try (Connection connection = tables.connect();
        PreparedStatement select = connection.prepareStatement(QUERY)) {
      select.setLong(1, startMicros);
      select.setLong(2, day.toNanos() / 1_000 / HOURS);
      select.setString(3, pattern);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          int hour = Math.max(0, rows.getInt(1));
          resolution
              .windows
              .computeIfAbsent(hour, h -> new TreeMap<>())
              .merge(rows.getLong(2), new Sum(rows.getLong(3), rows.getLong(4)), Sum::and);
        }
      }
    }
    return resolution;
  }

  /** Windows, and the readings in them. */
  record Sum(long windows, long readings) {
    static final Sum NONE = new Sum(0, 0);

    Sum and(Sum other) {
      return new Sum(windows + other.windows, readings + other.readings);
    }
  }

  /** Of the whole day, by length in microseconds. */
  SortedMap<Long, Sum> ofDay() {
    SortedMap<Long, Sum> day = new TreeMap<>();
    windows
        .values()
        .forEach(hour -> hour.forEach((length, sum) -> day.merge(length, sum, Sum::and)));
    return day;
  }

  /**
   * What became of the whole day, in a line for each length.
   *
   * @param dropped readings that were given up
   */
  String summary(long dropped) {
    var text = new StringBuilder();
    long all = dropped + ofDay().values().stream().mapToLong(Sum::readings).sum();
    ofDay()
        .forEach(
            (length, sum) ->
                text.append(
                    "arrived in windows of %3.0f s: %,9d windows, %,9d readings, %5.1f %%%n"
                        .formatted(
                            length / 1e6, sum.windows, sum.readings, share(sum.readings, all))));
    return text.append(
            "dropped for want of room:                     %,9d readings, %5.1f %%%n"
                .formatted(dropped, share(dropped, all)))
        .toString();
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : 100.0 * part / all;
  }

  String table() {
    TreeSet<Long> lengths = new TreeSet<>();
    windows.values().forEach(byLength -> lengths.addAll(byLength.keySet()));
    var text = new StringBuilder("windows that arrived, by hour of the scaled day and length\n");
    text.append("%5s".formatted("hour"));
    lengths.forEach(length -> text.append(" %9.0f s".formatted(length / 1e6)));
    text.append(" %12s%n".formatted("readings"));
    for (int hour = 0; hour < HOURS; hour++) {
      Map<Long, Sum> byLength = windows.getOrDefault(hour, Map.of());
      text.append("%5d".formatted(hour));
      lengths.forEach(
          length ->
              text.append(" %11d".formatted(byLength.getOrDefault(length, Sum.NONE).windows())));
      long readings = byLength.values().stream().mapToLong(Sum::readings).sum();
      text.append(" %12d%n".formatted(readings));
    }
    return text.toString();
  }
}
