package io.edgeflow.cloud.query;

import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the account of frames, and what the tables hold of it. Stateless. */
final class LedgerQuery {
  private static final String LANES =
      """
      select l.id, e.name, l.incarnation::text, l.lane, l.low_water, l.highest, l.running_total,
        l.committed_frames, l.committed_readings, l.carried_readings,
        case when i.closed then 'closed' when i.connection = e.hello_connection then 'open'
          else 'unknown' end,
        coalesce(c.frames, 0), coalesce(c.readings, 0)
      from frame_ledger l
      join edge e on e.id = l.edge_id
      left join incarnation i on i.edge_id = l.edge_id and i.id = l.incarnation
      left join (
        select ledger_id, count(distinct number) as frames, sum(readings)::bigint as readings
        from frame_conflict group by 1
      ) c on c.ledger_id = l.id
      where ? in ('', e.name)
      order by e.name collate "C", l.id
      """;

  private static final String FATES =
      """
      select f.ledger_id, f.fate, f.reason,
        (select sum(upper(n) - lower(n)) from unnest(f.numbers) n)::bigint,
        f.readings, upper(f.numbers) - 1
      from frame_fate f
      join frame_ledger l on l.id = f.ledger_id
      join edge e on e.id = l.edge_id
      where ? in ('', e.name)
      """;

  /** States and texts travel in the window lane too. */
  private static final String TABLES =
      """
      select e.name, r.lane, sum(r.readings)::bigint, sum(r.rolled)::bigint
      from (
        select series_id, 1 as lane, sum(count) as readings, 0 as rolled
        from window_stored group by 1
        union all
        select series_id, 1, sum(count), 0 from state_stored group by 1
        union all
        select series_id, 2, count(*), 0 from raw_stored group by 1
        union all
        select series_id, 1, 0, sum(count) from window_day_old group by 1
      ) r
      join series s on s.id = r.series_id
      join edge e on e.id = s.source_edge_id
      where ? in ('', e.name)
      group by 1, 2
      """;

  /** What age took, by edge and lane. */
  private static final String REMOVED =
      """
      select e.name, r.lane, sum(r.readings)::bigint
      from retention_removed r
      join edge e on e.id = r.edge_id
      where ? in ('', e.name) and r.lane > 0
      group by 1, 2
      """;

  private LedgerQuery() {}

  record Key(String edge, Lane lane) {
    static Key of(LaneRow row) {
      return new Key(row.edge(), row.lane());
    }
  }

  /** What the fates of one row of the ledger come to. */
  private static final class Fates {
    static final Fates NONE = new Fates();

    final Map<String, Amount> amounts = new HashMap<>();
    Amount untold = Amount.NONE;
    Amount unnamed = Amount.NONE;
    long settledTo;

    void add(String fate, String reason, Amount amount, long highest) {
      amounts.merge(fate, amount, Amount::plus);
      settledTo = Math.max(settledTo, highest);
      if (fate.equals("superseded")) {
        untold = reason.startsWith("coarse ") ? untold.plus(amount) : untold;
        unnamed = reason.equals("announced") ? unnamed.plus(amount) : unnamed;
      }
    }
  }

  /**
   * @param edge empty for all
   */
  static List<LaneRow> lanes(Connection connection, String edge) throws SQLException {
    Map<Integer, Fates> fates = fates(connection, edge);
    List<LaneRow> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LANES)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows, fates.getOrDefault(rows.getInt(1), Fates.NONE)));
        }
      }
    }
    return found;
  }

  /**
   * Readings that the tables hold.
   *
   * @param rolled of these only days and hours know: their minutes had passed by age when they came
   */
  record Stored(long rows, long rolled, long removed) {
    static final Stored NONE = new Stored(0, 0, 0);

    Stored plus(Stored more) {
      return new Stored(rows + more.rows, rolled + more.rolled, removed + more.removed);
    }
  }

  /** How many readings the tables hold; reads all of them. */
  static Map<Key, Stored> stored(Connection connection, String edge) throws SQLException {
    Map<Key, Stored> stored = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(TABLES)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Stored held = new Stored(rows.getLong(3), rows.getLong(4), 0);
          stored.merge(key(rows), held, Stored::plus);
        }
      }
    }
    try (PreparedStatement select = connection.prepareStatement(REMOVED)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          stored.merge(key(rows), new Stored(0, 0, rows.getLong(3)), Stored::plus);
        }
      }
    }
    return stored;
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString(1), lane(row.getInt(2)));
  }

  private static LaneRow row(ResultSet row, Fates fates) throws SQLException {
    return new LaneRow(
        row.getInt(1),
        row.getString(2),
        row.getString(3).replace("-", ""),
        lane(row.getInt(4)),
        Tail.valueOf(row.getString(11).toUpperCase(Locale.ROOT)),
        row.getLong(5),
        row.getLong(6),
        fates.settledTo,
        Account.of(
            new Amount(row.getLong(6), row.getLong(7)),
            new Amount(row.getLong(8), row.getLong(9)),
            fates.amounts,
            new Amount(row.getLong(12), row.getLong(13))),
        row.getLong(10),
        fates.untold,
        fates.unnamed);
  }

  private static Map<Integer, Fates> fates(Connection connection, String edge) throws SQLException {
    Map<Integer, Fates> fates = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FATES)) {
      select.setString(1, edge);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          fates
              .computeIfAbsent(rows.getInt(1), _ -> new Fates())
              .add(
                  rows.getString(2),
                  rows.getString(3),
                  new Amount(rows.getLong(4), rows.getLong(5)),
                  rows.getLong(6));
        }
      }
    }
    return fates;
  }

  private static Lane lane(int code) {
    return Lane.ofCode(code)
        .orElseThrow(() -> new IllegalStateException("no lane has code " + code));
  }
}
