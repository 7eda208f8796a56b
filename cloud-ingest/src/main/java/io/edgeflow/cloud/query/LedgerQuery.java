package io.edgeflow.cloud.query;

import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the account of frames, and what the tables hold of it. Stateless. */
final class LedgerQuery {
  private static final String LANES =
      """
      select l.id, e.name, l.incarnation::text, l.lane, l.low_water, l.highest, l.running_total,
        l.committed_frames, l.committed_readings
      from frame_ledger l join edge e on e.id = l.edge_id
      where ? in ('', e.name)
      order by e.name collate "C", l.id
      """;

  private static final String FATES =
      """
      select f.ledger_id, f.fate,
        sum((select sum(upper(n) - lower(n)) from unnest(f.numbers) n))::bigint,
        sum(f.readings)::bigint
      from frame_fate f group by 1, 2
      """;

  /** States and texts travel in the window lane too. */
  private static final String TABLES =
      """
      select e.name, r.lane, sum(r.readings)::bigint
      from (
        select series_id, 1 as lane, sum(count) as readings from sample_window group by 1
        union all
        select series_id, 1, sum(count) from sample_state group by 1
        union all
        select series_id, 2, count(*) from sample_raw group by 1
      ) r
      join series s on s.id = r.series_id
      join edge e on e.id = s.edge_id
      where ? in ('', e.name)
      group by 1, 2
      """;

  private LedgerQuery() {}

  record Row(
      String edge, String incarnation, Lane lane, long lowWater, long highest, Account account) {}

  record Key(String edge, Lane lane) {}

  /**
   * @param edge empty for all
   */
  static List<Row> lanes(Connection connection, String edge) throws SQLException {
    Map<Integer, Map<String, Amount>> fates = fates(connection);
    List<Row> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LANES)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows, fates.getOrDefault(rows.getInt(1), Map.of())));
        }
      }
    }
    return found;
  }

  /** How many readings the tables hold; reads all of them. */
  static Map<Key, Long> stored(Connection connection, String edge) throws SQLException {
    Map<Key, Long> stored = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(TABLES)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          stored.put(new Key(rows.getString(1), lane(rows.getInt(2))), rows.getLong(3));
        }
      }
    }
    return stored;
  }

  private static Row row(ResultSet row, Map<String, Amount> fates) throws SQLException {
    return new Row(
        row.getString(2),
        row.getString(3).replace("-", ""),
        lane(row.getInt(4)),
        row.getLong(5),
        row.getLong(6),
        Account.of(
            new Amount(row.getLong(6), row.getLong(7)),
            new Amount(row.getLong(8), row.getLong(9)),
            fates));
  }

  private static Map<Integer, Map<String, Amount>> fates(Connection connection)
      throws SQLException {
    Map<Integer, Map<String, Amount>> fates = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FATES);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        fates
            .computeIfAbsent(rows.getInt(1), _ -> new HashMap<>())
            .put(rows.getString(2), new Amount(rows.getLong(3), rows.getLong(4)));
      }
    }
    return fates;
  }

  private static Lane lane(int code) {
    for (Lane lane : Lane.values()) {
      if (lane.code() == code) {
        return lane;
      }
    }
    throw new IllegalStateException("no lane has code " + code);
  }
}
