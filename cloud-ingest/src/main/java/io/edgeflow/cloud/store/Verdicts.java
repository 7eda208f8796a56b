package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Incarnation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes acknowledgements from what the ledger says (L8).
 *
 * @param credits how much each edge may have under way
 * @param frameVersion the newest that this cloud reads
 */
record Verdicts(InstantSource clock, Credits credits, int frameVersion) {
  /** Conflicts beyond so many are named without their content: an answer must not grow for ever. */
  private static final int MOST_CONTENTS = 4096;

  /** Without any verdict on a frame. */
  Acknowledgement of(
      String edge, boolean full, String database, List<IncarnationVerdicts> verdicts) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return new Acknowledgement(full, database, micros, credits.grant(edge), frameVersion, verdicts);
  }

  /** What the accounts say to each edge, by its id; an edge without any account is left out. */
  static Map<Integer, List<IncarnationVerdicts>> read(
      Connection connection, SortedMap<LaneKey, LaneAccount> accounts, Naming naming)
      throws SQLException {
    Map<Integer, Numbers> contested =
        FrameTables.conflicts(connection, accounts.values().stream().map(LaneAccount::id).toList());
    Map<FrameTables.Slot, Integer> contents = contents(connection, contested);
    Map<Integer, Map<Incarnation, List<LaneVerdicts>>> edges = new HashMap<>();
    accounts.forEach(
        (key, account) -> {
          Numbers two = contested.getOrDefault(account.id(), new Numbers());
          Naming.Contested said = naming.contested(key, two, account.committed());
          List<VerdictRange> ranges = new ArrayList<>(account.verdicts(said.unsaid()));
          // After the others, because later ranges win where they overlap.
          ranges.addAll(conflicts(account.id(), said.conflicting(), contents));
          ranges.removeIf(range -> !naming.wants(key, range));
          edges
              .computeIfAbsent(key.edge(), _ -> new LinkedHashMap<>())
              .computeIfAbsent(key.incarnation(), _ -> new ArrayList<>())
              .add(new LaneVerdicts(key.lane(), ranges));
        });
    Map<Integer, List<IncarnationVerdicts>> verdicts = new HashMap<>();
    edges.forEach((edge, lanes) -> verdicts.put(edge, incarnations(lanes)));
    return verdicts;
  }

  private static List<IncarnationVerdicts> incarnations(
      Map<Incarnation, List<LaneVerdicts>> lanes) {
    return lanes.entrySet().stream()
        .map(entry -> new IncarnationVerdicts(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What is committed under numbers that several contents came under, as far as remembered. */
  private static Map<FrameTables.Slot, Integer> contents(
      Connection connection, Map<Integer, Numbers> contested) throws SQLException {
    List<FrameTables.Slot> slots = new ArrayList<>();
    contested.forEach(
        (ledger, numbers) ->
            numbers.stream()
                .limit(MOST_CONTENTS - slots.size())
                .forEach(number -> slots.add(new FrameTables.Slot(ledger, number))));
    return slots.isEmpty() ? Map.of() : FrameTables.identities(connection, slots);
  }

  private static List<VerdictRange> known(int ledger, Map<FrameTables.Slot, Integer> contents) {
    return contents.entrySet().stream()
        .filter(entry -> entry.getKey().ledger() == ledger)
        .map(entry -> VerdictRange.conflict(entry.getKey().number(), entry.getValue()))
        .toList();
  }

  /** All copies of an edge hear this: the content tells whose frame it is about. */
  private static List<VerdictRange> conflicts(
      int ledger, Numbers numbers, Map<FrameTables.Slot, Integer> contents) {
    List<VerdictRange> ranges = new ArrayList<>();
    Numbers plain = numbers.copy();
    for (VerdictRange known : known(ledger, contents)) {
      if (numbers.contains(known.from())) {
        plain.remove(new Numbers.Range(known.from(), known.to()));
        ranges.add(known);
      }
    }
    for (Numbers.Range range : plain.ranges()) {
      ranges.add(new VerdictRange(range.from(), range.to(), Verdict.CONFLICT, ""));
    }
    return ranges;
  }
}
