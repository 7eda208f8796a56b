package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.store.HandedFrame.Judged;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out which frames were judged meanwhile, by whatever process: a few statements, however many
 * they are of however many edges. Stateless.
 */
final class LedgerLook {
  private static final String EDGES = "select name, id from edge where name = any(?::text[])";

  private record Asked(HandedFrame frame, LaneKey key) {
    long number() {
      return frame.id().number();
    }
  }

  private LedgerLook() {}

  /** Those that the ledger settles; a conflict only once it is written down as one. */
  static List<Judged> judged(Connection connection, Collection<HandedFrame> frames)
      throws SQLException {
    List<Asked> asked = asked(connection, frames);
    SortedMap<LaneKey, LaneAccount> accounts =
        LedgerTable.read(connection, asked.stream().map(Asked::key).collect(Collectors.toSet()));
    Map<FrameTables.Slot, List<Asked>> settled = new HashMap<>();
    for (Asked one : asked) {
      LaneAccount account = accounts.get(one.key());
      if (account != null && account.verdict(one.number()).isPresent()) {
        var slot = new FrameTables.Slot(account.id(), one.number());
        settled.computeIfAbsent(slot, _ -> new ArrayList<>()).add(one);
      }
    }
    return settled.isEmpty() ? List.of() : judged(connection, settled);
  }

  private static List<Judged> judged(
      Connection connection, Map<FrameTables.Slot, List<Asked>> settled) throws SQLException {
    Map<FrameTables.Slot, Integer> present = FrameTables.identities(connection, settled.keySet());
    Map<FrameTables.Slot, Set<Integer>> others =
        FrameTables.conflicting(connection, settled.keySet());
    List<Judged> judged = new ArrayList<>();
    settled.forEach(
        (slot, frames) -> {
          for (Asked one : frames) {
            int identity = one.frame().identity();
            // What is no longer remembered was settled long ago: it is a repetition.
            if (present.getOrDefault(slot, identity) == identity) {
              judged.add(new Judged(one.frame(), false));
            } else if (others.getOrDefault(slot, Set.of()).contains(identity)) {
              judged.add(new Judged(one.frame(), true));
            }
          }
        });
    return judged;
  }

  private static List<Asked> asked(Connection connection, Collection<HandedFrame> frames)
      throws SQLException {
    Map<String, Integer> edges =
        edges(
            connection,
            frames.stream().map(HandedFrame::edge).collect(Collectors.toCollection(TreeSet::new)));
    List<Asked> asked = new ArrayList<>();
    for (HandedFrame frame : frames) {
      Integer edge = edges.get(frame.edge());
      if (edge != null) {
        asked.add(new Asked(frame, new LaneKey(edge, frame.id().incarnation(), frame.id().lane())));
      }
    }
    return asked;
  }

  private static Map<String, Integer> edges(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, Integer> ids = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(EDGES)) {
      select.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.put(rows.getString(1), rows.getInt(2));
        }
      }
    }
    return ids;
  }
}
