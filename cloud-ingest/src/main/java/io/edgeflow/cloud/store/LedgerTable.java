package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.CloudFate;
import io.edgeflow.cloud.ledger.FateEntry;
import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.ledger.Numbers;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;

/** The tables {@code frame_ledger} and {@code frame_fate}, to accounts and back. Stateless. */
final class LedgerTable {
  private static final String SELECT =
      """
      select l.id, l.edge_id, l.incarnation, l.lane, l.low_water, l.above::text,
        l.committed_frames, l.committed_readings, l.highest, l.running_total, l.carried_readings
      from frame_ledger l
      join unnest(?::int[], ?::uuid[], ?::smallint[]) as k (edge_id, incarnation, lane)
        using (edge_id, incarnation, lane)
      order by l.edge_id, l.incarnation, l.lane
      """;

  private static final String INSERT =
      """
      insert into frame_ledger (edge_id, incarnation, lane)
      select * from unnest(?::int[], ?::uuid[], ?::smallint[]) as k (e, i, l) order by e, i, l
      on conflict do nothing
      """;

  private static final String UPDATE =
      """
      update frame_ledger set low_water = ?, above = ?::int8multirange, committed_frames = ?,
        committed_readings = ?, highest = ?, running_total = ?, carried_readings = ?
      where id = ?
      """;

  private static final String FATES =
      "select ledger_id, fate, reason, numbers::text, readings from frame_fate"
          + " where ledger_id = any(?::int[]) order by ledger_id, fate, reason";

  private static final String DELETE_FATE =
      "delete from frame_fate where ledger_id = ? and fate = ? and reason = ?";

  private static final String UPSERT_FATE =
      """
      insert into frame_fate (ledger_id, fate, reason, numbers, readings)
      values (?, ?, ?, ?::int8multirange, ?)
      on conflict (ledger_id, fate, reason) do update
      set numbers = excluded.numbers, readings = excluded.readings, updated = now()
      """;

  private LedgerTable() {}

  /** Locks the rows in key order until the transaction ends; those that are missing are made. */
  static SortedMap<LaneKey, LaneAccount> lock(Connection connection, SortedSet<LaneKey> keys)
      throws SQLException {
    SortedMap<LaneKey, Row> rows = rows(connection, keys, SELECT + "for update of l");
    if (rows.size() < keys.size()) {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        bind(connection, insert, keys);
        insert.execute();
      }
      rows = rows(connection, keys, SELECT + "for update of l");
    }
    return accounts(connection, rows);
  }

  /** As last committed; keys without a row are left out. */
  static SortedMap<LaneKey, LaneAccount> read(Connection connection, Set<LaneKey> keys)
      throws SQLException {
    return accounts(connection, rows(connection, keys, SELECT));
  }

  /** Writes the accounts that changed. Their rows must be locked. */
  static void save(Connection connection, Collection<LaneAccount> accounts) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (LaneAccount account : accounts) {
        if (account.changed()) {
          bind(update, account);
          update.addBatch();
        }
      }
      update.executeBatch();
    }
    for (LaneAccount account : accounts) {
      for (FateEntry entry : account.changedFates()) {
        save(connection, account.id(), entry);
      }
    }
  }

  private static void save(Connection connection, int ledger, FateEntry entry) throws SQLException {
    boolean gone = entry.numbers().isEmpty();
    try (PreparedStatement statement =
        connection.prepareStatement(gone ? DELETE_FATE : UPSERT_FATE)) {
      statement.setInt(1, ledger);
      statement.setString(2, entry.key().fate().word());
      statement.setString(3, entry.key().reason());
      if (!gone) {
        statement.setString(4, entry.numbers().toString());
        statement.setLong(5, entry.readings());
      }
      statement.execute();
    }
  }

  private record Row(int id, Numbers committed, LaneAccount.Totals totals) {}

  private static SortedMap<LaneKey, Row> rows(
      Connection connection, Collection<LaneKey> keys, String query) throws SQLException {
    SortedMap<LaneKey, Row> rows = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(query)) {
      bind(connection, select, keys);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.put(key(found), row(found));
        }
      }
    }
    return rows;
  }

  private static SortedMap<LaneKey, LaneAccount> accounts(
      Connection connection, Map<LaneKey, Row> rows) throws SQLException {
    Map<Integer, List<FateEntry>> fates =
        fates(connection, rows.values().stream().map(Row::id).toList());
    SortedMap<LaneKey, LaneAccount> accounts = new TreeMap<>();
    rows.forEach(
        (key, row) ->
            accounts.put(
                key,
                new LaneAccount(
                    row.id(),
                    row.committed(),
                    row.totals(),
                    fates.getOrDefault(row.id(), List.of()))));
    return accounts;
  }

  private static Map<Integer, List<FateEntry>> fates(Connection connection, List<Integer> ledgers)
      throws SQLException {
    Map<Integer, List<FateEntry>> fates = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FATES)) {
      select.setArray(1, connection.createArrayOf("int4", ledgers.toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          FateEntry.Key key =
              new FateEntry.Key(CloudFate.ofWord(found.getString(2)), found.getString(3));
          fates
              .computeIfAbsent(found.getInt(1), _ -> new ArrayList<>())
              .add(new FateEntry(key, Numbers.parse(found.getString(4)), found.getLong(5)));
        }
      }
    }
    return fates;
  }

  private static LaneKey key(ResultSet row) throws SQLException {
    return new LaneKey(
        row.getInt(2),
        LaneKey.incarnation(row.getObject(3, UUID.class)),
        LaneKey.lane(row.getInt(4)));
  }

  private static Row row(ResultSet row) throws SQLException {
    Numbers committed = Numbers.parse(row.getString(6));
    long lowWater = row.getLong(5);
    if (lowWater > 0) {
      committed.add(new Numbers.Range(1, lowWater));
    }
    return new Row(
        row.getInt(1),
        committed,
        new LaneAccount.Totals(
            row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11)));
  }

  private static void bind(PreparedStatement update, LaneAccount account) throws SQLException {
    Numbers above = account.committed().copy();
    long lowWater = 0;
    if (above.contains(1)) {
      lowWater = above.ranges().getFirst().to();
      above.remove(new Numbers.Range(1, lowWater));
    }
    update.setLong(1, lowWater);
    update.setString(2, above.toString());
    update.setLong(3, account.totals().committedFrames());
    update.setLong(4, account.totals().committedReadings());
    update.setLong(5, account.totals().highest());
    update.setLong(6, account.totals().runningTotal());
    update.setLong(7, account.totals().carriedReadings());
    update.setInt(8, account.id());
  }

  private static void bind(
      Connection connection, PreparedStatement statement, Collection<LaneKey> keys)
      throws SQLException {
    statement.setArray(1, array(connection, "int4", keys.stream().map(LaneKey::edge).toArray()));
    statement.setArray(2, array(connection, "uuid", keys.stream().map(LaneKey::uuid).toArray()));
    statement.setArray(
        3, array(connection, "int2", keys.stream().map(k -> (short) k.lane().code()).toArray()));
  }

  private static Array array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
