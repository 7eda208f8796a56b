package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Quality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the newest window or run of each series: one step down the key of each. Stateless. */
final class LatestQuery {
  private static final String SINCE = "('epoch'::timestamptz + ? * interval '1 microsecond')";

  /**
   * A window without a value has that of the one before, if that is not long ago: a series that
   * fell silent is stale, and still was something.
   */
  private static final String WINDOWS =
      """
      select s.id, (extract(epoch from w.last_time) * 1000)::bigint,
        coalesce(w.last, (
          select b.last from window_stored b
          where b.series_id = s.id and b.time < w.time and b.time >= w.time - interval '2 hours'
            and b.last is not null
          order by b.time desc, b.length desc limit 1
        )),
        null, w.count, w.uncertain, w.stale, w.bad,
        (extract(epoch from w.time) * 1000000)::bigint + 3 * w.length
      from unnest(?::int[]) as s (id)
      cross join lateral (
        select * from window_stored where series_id = s.id and time >= %s
        order by time desc, length desc limit 1
      ) w
      """
          .formatted(SINCE);

  private static final String RUNS =
      """
      select s.id, (extract(epoch from r.last_time) * 1000)::bigint, r.number, r.text, r.quality
      from unnest(?::int[]) as s (id)
      cross join lateral (
        select * from state_stored where series_id = s.id and time >= %s
        order by time desc, ledger_id desc, frame desc, row desc limit 1
      ) r
      """
          .formatted(SINCE);

  private LatestQuery() {}

  record Newest(int series, long t, @Nullable Object value, String quality) {}

  /**
   * @param series by the ids that their rows have
   * @param since microseconds since the epoch; what is older is not looked for
   * @param now the same
   */
  static List<Newest> read(
      Connection connection, Map<Integer, SeriesRow> series, long since, long now)
      throws SQLException {
    List<Newest> found = new ArrayList<>();
    for (boolean windowed : new boolean[] {true, false}) {
      Object[] ids =
          series.entrySet().stream()
              .filter(one -> one.getValue().kind().windowed() == windowed)
              .map(Map.Entry::getKey)
              .toArray();
      if (ids.length > 0) {
        read(connection, windowed, ids, since, now, found);
      }
    }
    return found;
  }

  private static void read(
      Connection connection,
      boolean windowed,
      Object[] ids,
      long since,
      long now,
      List<Newest> found)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(windowed ? WINDOWS : RUNS)) {
      select.setArray(1, connection.createArrayOf("int4", ids));
      select.setLong(2, since);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Newest(
                  rows.getInt(1),
                  rows.getLong(2),
                  RunQuery.value(rows, 3, 4),
                  windowed ? quality(rows, now) : Point.word(Quality.ofCode(rows.getInt(5)))));
        }
      }
    }
  }

  /**
   * A stale reading in a window that has been the newest one for two lengths was its last: behind
   * it the series is silent.
   */
  private static String quality(ResultSet row, long now) throws SQLException {
    if (row.getLong(7) > 0 && row.getLong(8) == 0 && row.getLong(9) <= now) {
      return Point.word(Quality.STALE);
    }
    return Point.quality(row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8));
  }
}
