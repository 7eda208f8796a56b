package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.frame.SeriesEntry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/** The tables {@code edge} and {@code series}: names to ids. Stateless. */
final class NameTable {
  private static final String EDGES =
      """
      insert into edge (name) select n from unnest(?::text[]) as k (n) order by n collate "C"
      on conflict (name) do update set last_seen = now()
      returning id, name
      """;

  /**
   * The order is the order of locking, in every process the same whatever the database collates.
   */
  private static final String SERIES =
      """
      insert into series (edge_id, name, kind, unit)
      select ?, n, k, u from unnest(?::text[], ?::smallint[], ?::text[]) as s (n, k, u)
      order by n collate "C"
      on conflict (edge_id, name) do update
      set kind = excluded.kind, unit = excluded.unit, last_seen = now()
      returning id, name
      """;

  private static final String KNOWN =
      "select id, name, kind, unit from series where edge_id = ? and name = any(?::text[])";

  private static final String HELLO =
      """
      update edge set site = ?, labels = ?::jsonb, timezone = ?, software = ?, hello_at = now(),
        hello_connection = ?
      where id = ?
      """;

  private static final String PRESENCE =
      """
      insert into edge (name, online, connection, presence_since)
      values (?, ?, ?, to_timestamp(0) + ? * interval '1 microsecond')
      on conflict (name) do update set online = excluded.online, connection = excluded.connection,
        presence_since = excluded.presence_since
      where excluded.online or edge.connection = excluded.connection
      """;

  private NameTable() {}

  /** Makes edges known and locks them, in order, until the transaction ends. */
  static Map<String, Integer> edges(Connection connection, SortedSet<String> names)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(EDGES)) {
      upsert.setArray(1, connection.createArrayOf("text", names.toArray()));
      return ids(upsert);
    }
  }

  /** Those of the names that this edge has, with what is stored of them. */
  static Map<String, SeriesIds.Known> known(
      Connection connection, int edge, Collection<String> names) throws SQLException {
    Map<String, SeriesIds.Known> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
      select.setInt(1, edge);
      select.setArray(2, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getString(2),
              new SeriesIds.Known(rows.getInt(1), rows.getInt(3), rows.getString(4)));
        }
      }
    }
    return found;
  }

  static long count(Connection connection, int edge) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select count(*) from series where edge_id = ?")) {
      select.setInt(1, edge);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Adds series, or brings their kind and unit up to date; locks them. */
  static Map<String, Integer> series(Connection connection, int edge, List<SeriesEntry> entries)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(SERIES)) {
      upsert.setInt(1, edge);
      upsert.setArray(2, array(connection, "text", entries.stream().map(SeriesEntry::name)));
      upsert.setArray(
          3, array(connection, "int2", entries.stream().map(e -> (short) e.kind().code())));
      upsert.setArray(
          4, array(connection, "text", entries.stream().map(e -> Text.storable(e.unit()))));
      return ids(upsert);
    }
  }

  static void hello(Connection connection, int edge, Hello hello) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HELLO)) {
      update.setString(1, Text.storable(hello.site()));
      update.setString(2, Text.json(hello.labels()));
      update.setString(3, Text.storable(hello.timezone()));
      update.setString(4, Text.storable(hello.software()));
      update.setString(5, Text.storable(hello.connection()));
      update.setInt(6, edge);
      update.execute();
    }
  }

  /** A will that does not belong to the latest connection changes nothing (R4). */
  static void presence(Connection connection, Presence presence) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(PRESENCE)) {
      upsert.setString(1, presence.edge());
      upsert.setBoolean(2, presence.online());
      upsert.setString(3, Text.storable(presence.connection()));
      upsert.setLong(4, presence.sinceMicros());
      upsert.execute();
    }
  }

  private static Map<String, Integer> ids(PreparedStatement upsert) throws SQLException {
    Map<String, Integer> ids = new HashMap<>();
    try (ResultSet rows = upsert.executeQuery()) {
      while (rows.next()) {
        ids.put(rows.getString(2), rows.getInt(1));
      }
    }
    return ids;
  }

  private static Array array(Connection connection, String type, Stream<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }
}
