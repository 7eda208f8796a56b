package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes down an edge's own account and answers with the cloud's (L3).
 *
 * <p>What the edge says it was told is committed, and this ledger lacks, is recorded as lost at
 * once, and the answer does not name it. That makes the edge send again what it still holds, and a
 * number that comes again is moved from lost to committed; so what stays lost is what no longer
 * exists.
 */
final class HelloStore {
  private final Verdicts verdicts;

  HelloStore(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** Within the connection's transaction. */
  Acknowledgement store(Connection connection, Hello hello) throws SQLException {
    int edge =
        Objects.requireNonNull(
            NameTable.edges(connection, new TreeSet<>(List.of(hello.edge()))).get(hello.edge()));
    NameTable.hello(connection, edge, hello);
    SortedMap<LaneKey, List<HeldLane>> held = held(edge, hello);
    IncarnationTable.heard(connection, edge, hello);
    try {
      record(connection, held);
    } catch (FrameTables.Unreadable failed) {
      throw failed.reason;
    }
    SortedMap<LaneKey, LaneAccount> known = LedgerTable.read(connection, everyLane(edge, hello));
    return verdicts.of(
        hello.edge(),
        true,
        Generation.of(connection),
        everyIncarnation(
            hello, Verdicts.read(connection, known, new HelloNaming(held, hello.pages() == 1))));
  }

  private static SortedMap<LaneKey, List<HeldLane>> held(int edge, Hello hello) {
    SortedMap<LaneKey, List<HeldLane>> held = new TreeMap<>();
    for (HeldIncarnation incarnation : hello.incarnations()) {
      for (HeldLane lane : incarnation.lanes()) {
        if (lane.highest() > 0) {
          held.computeIfAbsent(
                  new LaneKey(edge, incarnation.id(), lane.lane()), _ -> new ArrayList<>())
              .add(lane);
        }
      }
    }
    return held;
  }

  private static void record(Connection connection, SortedMap<LaneKey, List<HeldLane>> held)
      throws SQLException {
    SortedMap<LaneKey, LaneAccount> accounts =
        LedgerTable.lock(connection, new TreeSet<>(held.keySet()));
    accounts.forEach(
        (key, account) ->
            held.getOrDefault(key, List.of())
                .forEach(lane -> account.announced(lane, FrameTables.readings(connection))));
    LedgerTable.save(connection, accounts.values());
  }

  private static SortedSet<LaneKey> everyLane(int edge, Hello hello) {
    SortedSet<LaneKey> keys = new TreeSet<>();
    for (HeldIncarnation held : hello.incarnations()) {
      for (Lane lane : Lane.values()) {
        keys.add(new LaneKey(edge, held.id(), lane));
      }
    }
    return keys;
  }

  /** An incarnation of which nothing is known is named too: then the edge knows just that. */
  private static List<IncarnationVerdicts> everyIncarnation(
      Hello hello, List<IncarnationVerdicts> known) {
    Map<Incarnation, IncarnationVerdicts> all = new LinkedHashMap<>();
    hello
        .incarnations()
        .forEach(held -> all.put(held.id(), new IncarnationVerdicts(held.id(), List.of())));
    known.forEach(verdict -> all.put(verdict.id(), verdict));
    return List.copyOf(all.values());
  }
}
