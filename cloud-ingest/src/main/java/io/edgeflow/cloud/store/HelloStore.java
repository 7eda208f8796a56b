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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** One that says hello; the row of its edge must be locked. */
  record Guest(int edge, Hello hello) {}

  /**
   * Within the connection's transaction. A few questions to the database for all together: after an
   * outage a thousand edges say hello in a second.
   *
   * @return the answers, in order
   */
  List<Acknowledgement> store(Connection connection, List<Guest> guests) throws SQLException {
    List<Acknowledgement> answers = new ArrayList<>(guests.size());
    for (List<Guest> round : rounds(guests)) {
      answers.addAll(answers(connection, round));
    }
    return answers;
  }

  /** An edge that said hello twice is answered twice, so each round has an edge only once. */
  private static List<List<Guest>> rounds(List<Guest> guests) {
    List<List<Guest>> rounds = new ArrayList<>();
    Set<Integer> edges = new HashSet<>();
    for (Guest guest : guests) {
      if (rounds.isEmpty() || !edges.add(guest.edge())) {
        rounds.add(new ArrayList<>());
        edges.clear();
        edges.add(guest.edge());
      }
      rounds.getLast().add(guest);
    }
    return rounds;
  }

  private List<Acknowledgement> answers(Connection connection, List<Guest> guests)
      throws SQLException {
    NameTable.hellos(connection, guests);
    IncarnationTable.heard(connection, guests);
    SortedMap<LaneKey, List<HeldLane>> held = new TreeMap<>();
    SortedSet<LaneKey> lanes = new TreeSet<>();
    Map<Integer, HelloNaming> namings = new HashMap<>();
    for (Guest guest : guests) {
      SortedMap<LaneKey, List<HeldLane>> own = held(guest.edge(), guest.hello());
      held.putAll(own);
      lanes.addAll(everyLane(guest.edge(), guest.hello()));
      namings.put(guest.edge(), new HelloNaming(own, guest.hello().pages() == 1));
    }
    try {
      record(connection, held);
    } catch (FrameTables.Unreadable failed) {
      throw failed.reason;
    }
    Map<Integer, List<IncarnationVerdicts>> known =
        Verdicts.read(connection, LedgerTable.read(connection, lanes), new NamingByEdge(namings));
    String generation = Generation.of(connection);
    List<Acknowledgement> answers = new ArrayList<>(guests.size());
    for (Guest guest : guests) {
      Hello hello = guest.hello();
      answers.add(
          verdicts.of(
              hello.edge(),
              true,
              generation,
              everyIncarnation(hello, known.getOrDefault(guest.edge(), List.of()))));
    }
    return answers;
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
