package io.edgeflow.cloud.query;

import io.edgeflow.cloud.rollup.Strips;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postgresql.PGStatement;

/**
 * Reads windows as {@link WindowQuery} does, merged by five minutes, out of the strips of hours.
 */
final class StripQuery {
  /** A row is an hour of a series, about a kilobyte. */
  private static final int FETCH = 400;

  private static final int CELL_SECONDS = (int) (Strips.CELL_MICROS / 1_000_000);

  private static final Grid CELLS = new Grid.Even(Strips.CELL_MICROS);

  private StripQuery() {}

  /** Whether points of such a question are made of whole cells. */
  static boolean fits(WindowQuery.Ask ask) {
    return !ask.wantsRows()
        && switch (ask.grid()) {
          case Grid.Even(long length) -> length % Strips.CELL_MICROS == 0;
          case Grid.Days(int _, ZoneId zone) -> Source.hasOffsetsOf(zone, ask.span(), CELL_SECONDS);
        };
  }

  static void read(Connection connection, WindowQuery.Ask ask, WindowQuery.Sink sink)
      throws SQLException {
    try (PreparedStatement select = prepare(connection, "", ask)) {
      select.unwrap(PGStatement.class).setPrepareThreshold(-1);
      select.setFetchSize(FETCH);
      try (ResultSet rows = select.executeQuery()) {
        Hour hour = new Hour(0, 0, new ArrayList<>());
        while (rows.next()) {
          Hour next = new Hour(rows.getInt(1), rows.getDouble(2), new ArrayList<>());
          if (!next.isSame(hour)) {
            hour.end(sink);
            hour = next;
          }
          add(hour.slices(), rows);
        }
        hour.end(sink);
      }
    }
  }

  /**
   * @param before what stands before the statement, such as {@code explain}
   */
  static PreparedStatement prepare(Connection connection, String before, WindowQuery.Ask ask)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(before + statement(ask));
    select.setArray(1, connection.createArrayOf("int4", ask.series().toArray()));
    select.setObject(2, Moments.time(ask.span().from()));
    select.setObject(3, Moments.time(ask.span().to()));
    return select;
  }

  private static String statement(WindowQuery.Ask ask) {
    return """
    select w.series_id, date_part('epoch', w.time), w.length, w.begins, w.count, w.uncertain,
      w.stale, w.bad, %s, %s, w.sum, %s
    from unnest(?::int[]) as u (id) cross join lateral (
      select * from window_hour_strip r
      where r.series_id = u.id and r.time >= ? and r.time < ? offset 0
    ) w
    order by w.series_id, w.time, w.length
    """
        .formatted(
            ask.columns().contains(Column.MIN) ? "w.min" : "null::bytea",
            ask.columns().contains(Column.MAX) ? "w.max" : "null::bytea",
            Column.wantOrder(ask.columns())
                ? "w.first_time, w.first, w.last_time, w.last"
                : "null::bytea, null::bytea, null::bytea, null::bytea");
  }

  /**
   * Windows of several lengths are in rows of their own, and are wanted in order of their start.
   */
  private record Hour(int series, double begin, List<Slice> slices) {
    boolean isSame(Hour other) {
      return series == other.series && begin == other.begin;
    }

    void end(WindowQuery.Sink sink) {
      slices.sort(Comparator.comparingLong(Slice::start));
      slices.forEach(slice -> sink.slice(series, slice));
    }
  }

  private static void add(List<Slice> slices, ResultSet row) throws SQLException {
    long length = row.getLong(3);
    double[] begins = doubles(row, 4);
    long[] count = longs(row, 5);
    long[] uncertain = longs(row, 6);
    long[] stale = longs(row, 7);
    long[] bad = longs(row, 8);
    double[] min = doubles(row, 9);
    double[] max = doubles(row, 10);
    double[] sum = doubles(row, 11);
    double[] firstTime = doubles(row, 12);
    double[] first = doubles(row, 13);
    double[] lastTime = doubles(row, 14);
    double[] last = doubles(row, 15);
    for (int i = 0; i < begins.length; i++) {
      long start = Math.round(begins[i] * 1e6);
      boolean cell = CELLS.floor(start) == start;
      slices.add(
          new Slice(
              start,
              cell ? Math.max(start + length, CELLS.after(start)) : start + length,
              at(count, i),
              at(uncertain, i),
              at(stale, i),
              at(bad, i),
              at(min, i),
              at(max, i),
              at(sum, i),
              Double.NaN,
              Math.round(at(firstTime, i) * 1e6),
              at(first, i),
              Math.round(at(lastTime, i) * 1e6),
              at(last, i)));
    }
  }

  private static double[] doubles(ResultSet row, int column) throws SQLException {
    return PackedNumbers.doubles(row.getBytes(column));
  }

  private static long[] longs(ResultSet row, int column) throws SQLException {
    return PackedNumbers.longs(row.getBytes(column));
  }

  /** Columns that are all 0 are not stored. */
  private static long at(long[] numbers, int i) {
    return numbers.length == 0 ? 0 : numbers[i];
  }

  /** Columns that nobody asked for are not read. */
  private static double at(double[] numbers, int i) {
    return numbers.length == 0 ? Double.NaN : numbers[i];
  }
}
