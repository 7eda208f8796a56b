package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

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
   * @param chosen rows of the batch, which is settled
   * @return those of them that have a row in the table, or all where asking is not worth it
   */
  static BitSet among(Connection connection, WindowBatch windows, BitSet chosen)
      throws SQLException {
    List<Stretch> stretches = stretches(windows, chosen);
    BitSet present = new BitSet(windows.size());
    if (stretches.isEmpty()) {
      return present;
    }
    if (stretches.size() * WORTHWHILE > chosen.cardinality()) {
      present.or(chosen);
      return present;
    }
    try (PreparedStatement select = connection.prepareStatement(QUERY)) {
      select.setArray(
          1, connection.createArrayOf("int4", stretches.stream().map(Stretch::series).toArray()));
      select.setArray(
          2, connection.createArrayOf("int8", stretches.stream().map(Stretch::first).toArray()));
      select.setArray(
          3, connection.createArrayOf("int8", stretches.stream().map(Stretch::last).toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          int row = windows.find(rows.getInt(1), rows.getLong(2), rows.getLong(3));
          if (row >= 0) {
            present.set(row);
          }
        }
      }
    }
    present.and(chosen);
    return present;
  }

  private static List<Stretch> stretches(WindowBatch windows, BitSet chosen) {
    List<Stretch> stretches = new ArrayList<>();
    int begin = chosen.nextSetBit(0);
    while (begin >= 0) {
      int last = begin;
      int next = chosen.nextSetBit(last + 1);
      while (next >= 0 && follows(windows, last, next)) {
        last = next;
        next = chosen.nextSetBit(last + 1);
      }
      stretches.add(
          new Stretch(
              windows.series(begin),
              windows.window(begin).startMicros(),
              windows.window(last).startMicros()));
      begin = next;
    }
    return stretches;
  }

  private static boolean follows(WindowBatch windows, int one, int next) {
    Window before = windows.window(one);
    return windows.series(one) == windows.series(next)
        && windows.window(next).startMicros() - before.startMicros() <= 2 * before.lengthMicros();
  }
}
