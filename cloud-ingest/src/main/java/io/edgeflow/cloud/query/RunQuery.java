package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Quality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads runs of states and texts, with the one before, which holds when the span begins. */
final class RunQuery {
  private static final String RUNS =
      """
      select series_id, (extract(epoch from time) * 1000000)::bigint as t,
        (extract(epoch from last_time) * 1000000)::bigint, count, number, text, quality
      from (
        select b.* from unnest(?::int[]) as s (id)
        cross join lateral (
          select * from sample_state where series_id = s.id and time < %1$s
          order by time desc, ledger_id desc, frame desc, row desc limit 1
        ) b
        union all
        select * from sample_state
        where series_id = any(?::int[]) and time >= %1$s and time < %1$s
      ) runs
      order by series_id, t, ledger_id, frame, row
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private RunQuery() {}

  /** Takes the runs by series, and within a series by time. */
  interface Sink {
    void run(int series, Point.Run run);
  }

  static void read(Connection connection, List<Integer> series, Span span, int limit, Sink sink)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUNS)) {
      select.setArray(1, connection.createArrayOf("int4", series.toArray()));
      select.setLong(2, span.from());
      select.setArray(3, connection.createArrayOf("int4", series.toArray()));
      select.setLong(4, span.from());
      select.setLong(5, span.to());
      select.setInt(6, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sink.run(rows.getInt(1), run(rows));
        }
      }
    }
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
