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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * The order is the order of locking, in every process the same whatever the database collates. A
   * series is found by what its edge calls it, whatever people call it by now. One whose name
   * people gave to another series becomes a part of that.
   */
  private static final String SERIES =
      """
      insert into series (edge_id, name, source_edge_id, source_name, kind, unit, source_unit,
        unit_override, head)
      select e, n, e, n, k, coalesce(h.unit_override, u), u, h.unit_override, h.id
      from (select ?::integer) edge (e)
      cross join unnest(?::text[], ?::smallint[], ?::text[]) as s (n, k, u)
      left join series h on h.edge_id = e and h.name = n and h.head is null and h.renamed
      order by n collate "C"
      on conflict (source_edge_id, source_name) do update
      set kind = excluded.kind, source_unit = excluded.source_unit,
        unit = coalesce(series.unit_override, excluded.source_unit), last_seen = now()
      returning id, source_name
      """;

  private static final String KNOWN =
      """
      select id, source_name, kind, source_unit from series
      where source_edge_id = ? and source_name = any(?::text[])
      """;

  private static final String HELLO =
      """
      update edge set site = ?, labels = ?::jsonb, timezone = ?, software = ?, hello_at = now(),
        hello_connection = ?
      where id = ?
      """;

  /** The session says which process speaks, where one does. */
  private static final String PRESENCE =
      """
      insert into edge (name, online, connection, presence_since, process)
      values (?, ?, ?, to_timestamp(0) + ? * interval '1 microsecond',
        nullif(current_setting('edgeflow.process', true), '')::uuid)
      on conflict (name) do update set online = excluded.online, connection = excluded.connection,
        presence_since = excluded.presence_since, process = excluded.process
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

  /** Those of the names that this edge has sent, with what is stored of them. */
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
        connection.prepareStatement("select count(*) from series where source_edge_id = ?")) {
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

  static void hellos(Connection connection, List<HelloStore.Guest> guests) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HELLO)) {
      for (HelloStore.Guest guest : guests) {
        Hello hello = guest.hello();
        update.setString(1, Text.storable(hello.site()));
        update.setString(2, Text.json(hello.labels()));
        update.setString(3, Text.storable(hello.timezone()));
        update.setString(4, Text.storable(hello.software()));
        update.setString(5, Text.storable(hello.connection()));
        update.setInt(6, guest.edge());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** A will that does not belong to the latest connection changes nothing (R4). */
  static void presences(Connection connection, List<Presence> presences) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(PRESENCE)) {
      // One statement may be made of a batch, and such a one must not change a row twice.
      Set<String> batched = new HashSet<>();
      for (Presence presence : presences) {
        if (!batched.add(presence.edge())) {
          upsert.executeBatch();
          batched.clear();
          batched.add(presence.edge());
        }
        upsert.setString(1, presence.edge());
        upsert.setBoolean(2, presence.online());
        upsert.setString(3, Text.storable(presence.connection()));
        upsert.setLong(4, presence.sinceMicros());
        upsert.addBatch();
      }
      upsert.executeBatch();
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
