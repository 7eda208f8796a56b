package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Replaced;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The frames of one transaction with the accounts they concern, and what is decided about each.
 * Lives for one attempt of the transaction, on its thread.
 */
final class Batch {
  /** A frame beside its account. */
  record Item(Arrival arrival, int edge, LaneAccount account) {
    FrameTables.Slot slot() {
      return new FrameTables.Slot(account.id(), arrival.id().number());
    }

    FrameTables.Content content() {
      return new FrameTables.Content(slot(), arrival.identity(), arrival.readings());
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final Map<String, Integer> edges;
  private final SortedMap<LaneKey, LaneAccount> accounts;
  private final long arrivedMicros;
  private final SortedSet<Integer> gathered = new TreeSet<>();
  private List<AlarmDigest> digests = List.of();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final Map<FrameOutcome, List<Item>> decided = new EnumMap<>(FrameOutcome.class);

  /**
   * @param arrivedMicros when the frames came in
   */
  Batch(
      List<Arrival> arrivals,
      Map<String, Integer> edges,
      SortedMap<LaneKey, LaneAccount> accounts,
      long arrivedMicros) {
    this.edges = edges;
    this.accounts = accounts;
    this.arrivedMicros = arrivedMicros;
    for (Arrival arrival : arrivals) {
      int edge = Objects.requireNonNull(edges.get(arrival.edge()), "an edge without an id");
      LaneAccount account =
          account(new LaneKey(edge, arrival.id().incarnation(), arrival.id().lane()));
      items.add(new Item(arrival, edge, account));
    }
  }

  static SortedSet<String> edges(List<Arrival> arrivals) {
    SortedSet<String> names = new TreeSet<>();
    arrivals.forEach(arrival -> names.add(arrival.edge()));
    return names;
  }

  /** Every row of the ledger that the frames, and those that they replace, are accounted in. */
  static SortedSet<LaneKey> keys(List<Arrival> arrivals, Map<String, Integer> edges) {
    SortedSet<LaneKey> keys = new TreeSet<>();
    for (Arrival arrival : arrivals) {
      int edge = Objects.requireNonNull(edges.get(arrival.edge()), "an edge without an id");
      keys.add(new LaneKey(edge, arrival.id().incarnation(), arrival.id().lane()));
      if (arrival instanceof Arrival.Good good) {
        for (Replaced replaced : good.frame().replaces()) {
          keys.add(new LaneKey(edge, replaced.incarnation(), replaced.lane()));
        }
      }
    }
    return keys;
  }

  /**
   * Judges every frame by its number and content, and answers those that are to be stored, or
   * refused, now: the first of each number that the ledger does not settle.
   *
   * @param identities what settled numbers contain, as far as is remembered
   */
  List<Item> judge(Map<FrameTables.Slot, Integer> identities) {
    Map<FrameTables.Slot, Integer> contents = new HashMap<>(identities);
    List<Item> news = new ArrayList<>();
    for (Item item : items) {
      item.account().seen(item.arrival().id().number(), item.arrival().runningTotal());
      Integer present = contents.get(item.slot());
      boolean settled = item.account().verdict(item.arrival().id().number()).isPresent();
      if (present != null && present != item.arrival().identity()) {
        decide(FrameOutcome.CONFLICT, item);
      } else if (settled || present != null) {
        decide(FrameOutcome.KNOWN, item);
      } else {
        contents.put(item.slot(), item.arrival().identity());
        news.add(item);
      }
    }
    return news;
  }

  /** Numbers whose content would tell a repetition from a conflict. */
  List<FrameTables.Slot> settled() {
    return items.stream()
        .filter(item -> item.account().committed().contains(item.arrival().id().number()))
        .map(Item::slot)
        .toList();
  }

  void decide(FrameOutcome outcome, Item item) {
    decided.computeIfAbsent(outcome, _ -> new ArrayList<>()).add(item);
  }

  List<Item> decided(FrameOutcome outcome) {
    return decided.getOrDefault(outcome, List.of());
  }

  Collection<LaneAccount> accounts() {
    return accounts.values();
  }

  /** {@code edge.id} of an edge whose row is locked. */
  int edge(String name) {
    return Objects.requireNonNull(edges.get(name), "an edge without an id");
  }

  LaneAccount account(LaneKey key) {
    return Objects.requireNonNull(accounts.get(key), "an account that was not locked");
  }

  long arrivedMicros() {
    return arrivedMicros;
  }

  /** The frame is quarantined. */
  void refused(Item item, String reason) {
    decide(FrameOutcome.REFUSED, item);
    refusals.merge(reason, 1, Integer::sum);
  }

  /** These digests of late alarms grew. */
  void gathered(Set<Integer> ids) {
    gathered.addAll(ids);
  }

  /** Looks what became of the digests that grew. */
  void digests(Connection connection) throws SQLException {
    if (!gathered.isEmpty()) {
      try (PreparedStatement select =
          connection.prepareStatement(
              AlarmDigest.SELECT + "where id = any(?::int[]) order by id")) {
        select.setArray(1, connection.createArrayOf("int4", gathered.toArray()));
        digests = AlarmDigest.read(select);
      }
    }
  }

  /** What the transaction comes to once it is committed. */
  CommittedBatch result() {
    List<Frame> stored = new ArrayList<>();
    List<CommittedBatch.Settled> settled = new ArrayList<>();
    decided.forEach(
        (outcome, list) -> list.forEach(item -> settled.add(settled(item.arrival(), outcome))));
    for (Item item : decided(FrameOutcome.COMMITTED)) {
      if (item.arrival() instanceof Arrival.Good good) {
        stored.add(good.frame());
      }
    }
    return new CommittedBatch(stored, settled, refusals, arrivedMicros, digests);
  }

  private static CommittedBatch.Settled settled(Arrival arrival, FrameOutcome outcome) {
    return new CommittedBatch.Settled(arrival.edge(), arrival.id(), arrival.readings(), outcome);
  }
}
