package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Incarnation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code incarnation}: which starts of an edge are over, so that their highest numbers
 * are final. A start is over when a later one has recovered its directory, which it shows by naming
 * it in its own hello. Stateless.
 */
final class IncarnationTable {
  /** Gateways name a connection after the incarnation that speaks. */
  private static final Pattern SPEAKER = Pattern.compile("[0-9a-f]{32}-.*");

  private static final String HEARD =
      """
      insert into incarnation (edge_id, id, parent, connection, closed) values (?, ?, ?, ?, ?)
      on conflict (edge_id, id) do update set parent = coalesce(excluded.parent, incarnation.parent),
        connection = excluded.connection, named_at = now(),
        closed = incarnation.closed or excluded.closed
      """;

  private static final String PARENTS =
      """
      update incarnation p set closed = true
      where p.edge_id = ? and not p.closed
        and exists (select from incarnation c where c.edge_id = p.edge_id and c.parent = p.id)
      """;

  private IncarnationTable() {}

  /** The rows of the edges must be locked. */
  static void heard(Connection connection, List<HelloStore.Guest> guests) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(HEARD);
        PreparedStatement parents = connection.prepareStatement(PARENTS)) {
      for (HelloStore.Guest guest : guests) {
        add(upsert, guest);
        parents.setInt(1, guest.edge());
        parents.addBatch();
      }
      upsert.executeBatch();
      parents.executeBatch();
    }
  }

  private static void add(PreparedStatement upsert, HelloStore.Guest guest) throws SQLException {
    Hello hello = guest.hello();
    // One statement may be made of a batch, and such a one must not change a row twice.
    Map<Incarnation, HeldIncarnation> named = new LinkedHashMap<>();
    hello.incarnations().forEach(held -> named.put(held.id(), held));
    for (HeldIncarnation held : named.values()) {
      upsert.setInt(1, guest.edge());
      upsert.setObject(2, LaneKey.uuid(held.id()));
      upsert.setObject(3, parent(held));
      upsert.setString(4, Text.storable(hello.connection()));
      upsert.setBoolean(5, isOver(held, hello.connection()));
      upsert.addBatch();
    }
  }

  private static @Nullable UUID parent(HeldIncarnation held) {
    return held.parent() == null ? null : LaneKey.uuid(held.parent());
  }

  private static boolean isOver(HeldIncarnation held, String connection) {
    return SPEAKER.matcher(connection).matches() && !connection.startsWith(held.id().toString());
  }
}
