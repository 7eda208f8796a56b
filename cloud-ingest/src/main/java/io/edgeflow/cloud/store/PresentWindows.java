package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks which windows of a batch have a row already. Windows of a series that follow each other are
 * asked for as one stretch of time, so a backlog costs one look into the index for many rows.
 * Nobody adds rows of these series meanwhile, because the transaction holds the lock of their edge.
 */
final class PresentWindows {
  /** A shorter stretch than this on average is dearer to ask for than to merge. */
  private static final int WORTHWHILE = 4;

  private static final String QUERY =
      """
      select w.series_id, (extract(epoch from w.time) * 1000000)::bigint, w.length
      from unnest(?::int[], ?::bigint[], ?::bigint[]) as k (series_id, first, last)
      cross join lateral (
        select s.series_id, s.time, s.length from sample_window s
        where s.series_id = k.series_id
          and s.time >= 'epoch'::timestamptz + k.first * interval '1 microsecond'
          and s.time <= 'epoch'::timestamptz + k.last * interval '1 microsecond'
      ) w
      """;

  private record Stretch(int series, long first, long last) {}

  private PresentWindows() {}

  /**
   * @param keys in order
   * @return those that have a row, or all of them where asking is not worth it
   */
  static Set<WindowKey> among(Connection connection, List<WindowKey> keys) throws SQLException {
    List<Stretch> stretches = stretches(keys);
    if (stretches.size() * WORTHWHILE > keys.size()) {
      return Set.copyOf(keys);
    }
    Set<WindowKey> present = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(QUERY)) {
      select.setArray(
          1, connection.createArrayOf("int4", stretches.stream().map(Stretch::series).toArray()));
      select.setArray(
          2, connection.createArrayOf("int8", stretches.stream().map(Stretch::first).toArray()));
      select.setArray(
          3, connection.createArrayOf("int8", stretches.stream().map(Stretch::last).toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          present.add(new WindowKey(rows.getInt(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return present;
  }

  private static List<Stretch> stretches(List<WindowKey> keys) {
    List<Stretch> stretches = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= keys.size(); i++) {
      if (i == keys.size() || !follows(keys.get(i - 1), keys.get(i))) {
        WindowKey first = keys.get(begin);
        stretches.add(
            new Stretch(first.series(), first.startMicros(), keys.get(i - 1).startMicros()));
        begin = i;
      }
    }
    return stretches;
  }

  private static boolean follows(WindowKey one, WindowKey next) {
    return one.series() == next.series()
        && next.startMicros() - one.startMicros() <= 2 * one.lengthMicros();
  }
}
