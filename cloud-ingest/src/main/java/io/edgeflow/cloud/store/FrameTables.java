package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.ledger.Numbers;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Facts about single frames: contents of recent numbers, conflicts, quarantine. Stateless. */
final class FrameTables {
  /** One frame of one row of the ledger. */
  record Slot(int ledger, long number) {}

  record Content(Slot slot, int identity, long readings) {}

  /** Carries a failed look-up through the account, which knows no database. */
  static final class Unreadable extends RuntimeException {
    final SQLException reason;

    Unreadable(SQLException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private static final String CHECKSUMS =
      """
      select ledger_id, number, identity from frame_checksum
      join unnest(?::int[], ?::bigint[]) as k (ledger_id, number) using (ledger_id, number)
      """;

  private static final String REMEMBER =
      """
      insert into frame_checksum (ledger_id, number, identity, readings)
      select * from unnest(?::int[], ?::bigint[], ?::int[], ?::bigint[]) as k (l, n, i, r)
      order by l, n
      on conflict (ledger_id, number) do update
      set identity = excluded.identity, readings = excluded.readings, at = now()
      """;

  private static final String CONFLICT =
      """
      insert into frame_conflict (ledger_id, number, identity, readings)
      select * from unnest(?::int[], ?::bigint[], ?::int[], ?::bigint[]) as k (l, n, i, r)
      order by l, n, i
      on conflict do nothing
      """;

  private static final String COMMITTED_IN =
      """
      select count(*), coalesce(sum(readings), 0) from frame_checksum
      where ledger_id = ? and ?::int8multirange @> number
      """;

  private static final String CONFLICTS =
      "select ledger_id, number from frame_conflict where ledger_id = any(?::int[])"
          + " order by ledger_id, number";

  private static final String CONFLICTING =
      """
      select ledger_id, number, identity from frame_conflict
      join unnest(?::int[], ?::bigint[]) as k (ledger_id, number) using (ledger_id, number)
      """;

  private static final String QUARANTINE =
      """
      insert into quarantine (edge, incarnation, lane, number, readings, reason, detail, bytes)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Waits for nobody: what somebody else has locked just now is no longer old. */
  private static final String FORGET =
      """
      delete from frame_checksum where ctid = any(array(
        select ctid from frame_checksum where at < now() - ? * interval '1 second'
        limit ? for update skip locked))
      """;

  private FrameTables() {}

  static Map<Slot, Integer> identities(Connection connection, Collection<Slot> slots)
      throws SQLException {
    Map<Slot, Integer> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(CHECKSUMS)) {
      select.setArray(1, array(connection, "int4", slots.stream().map(Slot::ledger)));
      select.setArray(2, array(connection, "int8", slots.stream().map(Slot::number)));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(new Slot(rows.getInt(1), rows.getLong(2)), rows.getInt(3));
        }
      }
    }
    return found;
  }

  static void remember(Connection connection, Collection<Content> contents) throws SQLException {
    insert(connection, REMEMBER, contents);
  }

  static void conflicts(Connection connection, Collection<Content> contents) throws SQLException {
    insert(connection, CONFLICT, contents);
  }

  /** Numbers under which other content was seen than what was committed. */
  static Map<Integer, Numbers> conflicts(Connection connection, List<Integer> ledgers)
      throws SQLException {
    Map<Integer, Numbers> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(CONFLICTS)) {
      select.setArray(1, array(connection, "int4", ledgers.stream()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.computeIfAbsent(rows.getInt(1), _ -> new Numbers()).add(rows.getLong(2));
        }
      }
    }
    return found;
  }

  /** Other contents that came under these numbers than what was committed. */
  static Map<Slot, Set<Integer>> conflicting(Connection connection, Collection<Slot> slots)
      throws SQLException {
    Map<Slot, Set<Integer>> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(CONFLICTING)) {
      select.setArray(1, array(connection, "int4", slots.stream().map(Slot::ledger)));
      select.setArray(2, array(connection, "int8", slots.stream().map(Slot::number)));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(new Slot(rows.getInt(1), rows.getLong(2)), _ -> new HashSet<>())
              .add(rows.getInt(3));
        }
      }
    }
    return found;
  }

  /** Readings of committed numbers, if all of them are recent enough to be known. */
  static LaneAccount.ReadingsOf readings(Connection connection) {
    return (ledger, numbers) -> {
      try (PreparedStatement select = connection.prepareStatement(COMMITTED_IN)) {
        select.setInt(1, ledger);
        select.setString(2, numbers.toString());
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return row.getLong(1) == numbers.size() ? Optional.of(row.getLong(2)) : Optional.empty();
        }
      } catch (SQLException failed) {
        throw new Unreadable(failed);
      }
    };
  }

  static void quarantine(Connection connection, Arrival frame, String reason, String detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(QUARANTINE)) {
      insert.setString(1, frame.edge());
      insert.setObject(2, new UUID(frame.id().incarnation().hi(), frame.id().incarnation().lo()));
      insert.setInt(3, frame.id().lane().code());
      insert.setLong(4, frame.id().number());
      insert.setLong(5, frame.readings());
      insert.setString(6, reason);
      insert.setString(7, Text.storable(detail));
      insert.setBytes(8, frame.bytes());
      insert.execute();
    }
  }

  /** Forgets contents that no edge can send again; answers how many. */
  static int forget(Connection connection, Duration age, int most) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setLong(1, age.toSeconds());
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  private static void insert(Connection connection, String statement, Collection<Content> contents)
      throws SQLException {
    if (contents.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(statement)) {
      insert.setArray(1, array(connection, "int4", contents.stream().map(c -> c.slot().ledger())));
      insert.setArray(2, array(connection, "int8", contents.stream().map(c -> c.slot().number())));
      insert.setArray(3, array(connection, "int4", contents.stream().map(Content::identity)));
      insert.setArray(4, array(connection, "int8", contents.stream().map(Content::readings)));
      insert.execute();
    }
  }

  private static Array array(Connection connection, String type, Stream<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }
}
