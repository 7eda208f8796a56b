package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Quality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads single readings of series that asked for them. Stateless. */
final class RawQuery {
  /** Each series by its index, then together: no more than so many of each are ever sorted. */
  private static final String ROWS =
      """
      select series_id, (extract(epoch from time) * 1000000)::bigint, number, text, quality
      from unnest(?::int[]) as s (id)
      cross join lateral (
        select * from raw_stored
        where series_id = s.id and time >= %1$s and time < %1$s
        order by time, ledger_id, frame, row limit ?
      ) r
      order by time, series_id, ledger_id, frame, row
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private RawQuery() {}

  /** Takes the readings by time. */
  interface Sink {
    void reading(int series, RawReading reading);
  }

  static void read(Connection connection, List<Integer> series, Span span, int limit, Sink sink)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      select.setArray(1, connection.createArrayOf("int4", series.toArray()));
      select.setLong(2, span.from());
      select.setLong(3, span.to());
      select.setInt(4, limit);
      select.setInt(5, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sink.reading(rows.getInt(1), reading(rows));
        }
      }
    }
  }

  private static RawReading reading(ResultSet row) throws SQLException {
    long micros = row.getLong(2);
    return new RawReading(
        Math.floorDiv(micros, 1000L),
        Math.floorMod(micros, 1000),
        RunQuery.value(row, 3, 4),
        Point.word(Quality.ofCode(row.getInt(5))));
  }
}
