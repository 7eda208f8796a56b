package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Quality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads runs of states and texts, with the one before, which holds when the span begins. */
final class RunQuery {
  private static final String RUNS =
      """
      select series_id, (extract(epoch from time) * 1000000)::bigint as t,
        (extract(epoch from last_time) * 1000000)::bigint, count, number, text, quality,
        ledger_id, frame, row
      from (
        select b.* from unnest(?::int[]) as s (id)
        cross join lateral (
          select * from state_stored where series_id = s.id and time < %1$s
          order by time desc, ledger_id desc, frame desc, row desc limit 1
        ) b
        union all
        select * from state_stored
        where series_id = any(?::int[]) and time >= %1$s and time < %1$s
      ) runs
      order by series_id, t, ledger_id, frame, row
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private static final String BEHIND =
      """
      select series_id, (extract(epoch from time) * 1000000)::bigint as t,
        (extract(epoch from last_time) * 1000000)::bigint, count, number, text, quality,
        ledger_id, frame, row
      from state_stored
      where series_id = ? and time < %1$s and time >= %1$s
        and (time, ledger_id, frame, row) > (%1$s, ?, ?, ?)
      order by time, ledger_id, frame, row
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private RunQuery() {}

  /** Takes the runs by series, and within a series by time. */
  interface Sink {
    void run(int series, Point.Run run);
  }

  /** Where a run stands among those of its series. */
  record Key(long micros, int ledger, long frame, int row) {}

  /**
   * At most {@code limit} runs.
   *
   * @return the last one, if there may be more
   */
  static Optional<Key> read(
      Connection connection, List<Integer> series, Span span, int limit, Sink sink)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUNS)) {
      select.setArray(1, connection.createArrayOf("int4", series.toArray()));
      select.setLong(2, span.from());
      select.setArray(3, connection.createArrayOf("int4", series.toArray()));
      select.setLong(4, span.from());
      select.setLong(5, span.to());
      select.setInt(6, limit);
      return read(select, limit, sink);
    }
  }

  /** Likewise those of one series behind another run. */
  static Optional<Key> read(
      Connection connection, int series, Span span, Key after, int limit, Sink sink)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BEHIND)) {
      select.setInt(1, series);
      select.setLong(2, span.to());
      select.setLong(3, after.micros());
      select.setLong(4, after.micros());
      select.setInt(5, after.ledger());
      select.setLong(6, after.frame());
      select.setInt(7, after.row());
      select.setInt(8, limit);
      return read(select, limit, sink);
    }
  }

  private static Optional<Key> read(PreparedStatement select, int limit, Sink sink)
      throws SQLException {
    int seen = 0;
    Optional<Key> last = Optional.empty();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        sink.run(rows.getInt(1), run(rows));
        if (++seen == limit) {
          last =
              Optional.of(
                  new Key(rows.getLong(2), rows.getInt(8), rows.getLong(9), rows.getInt(10)));
        }
      }
    }
    return last;
  }

  private static Point.Run run(ResultSet row) throws SQLException {
    long from = row.getLong(2);
    return new Point.Run(
        Math.floorDiv(from, 1000L),
        (row.getLong(3) - from) / 1000,
        row.getLong(4),
        value(row, 5, 6),
        Point.word(Quality.ofCode(row.getInt(7))));
  }

  /** A text, else a number, else nothing. */
  static @Nullable Object value(ResultSet row, int number, int text) throws SQLException {
    String words = row.getString(text);
    if (words != null) {
      return words;
    }
    double value = row.getDouble(number);
    return row.wasNull() || !Double.isFinite(value) ? null : value;
  }
}
