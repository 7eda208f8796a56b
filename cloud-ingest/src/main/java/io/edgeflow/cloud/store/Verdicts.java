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

  /** Without any verdict on a frame. */
  Acknowledgement of(
      String edge, boolean full, String database, List<IncarnationVerdicts> verdicts) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return new Acknowledgement(full, database, micros, credits.grant(edge), frameVersion, verdicts);
  }

  static List<IncarnationVerdicts> read(
      Connection connection, SortedMap<LaneKey, LaneAccount> accounts, Naming naming)
      throws SQLException {
    Map<Integer, Numbers> contested =
        FrameTables.conflicts(connection, accounts.values().stream().map(LaneAccount::id).toList());
    Map<Incarnation, List<LaneVerdicts>> lanes = new LinkedHashMap<>();
    accounts.forEach(
        (key, account) -> {
          Numbers two = contested.getOrDefault(account.id(), new Numbers());
          Naming.Contested said = naming.contested(key, two, account.committed());
          List<VerdictRange> ranges = new ArrayList<>(account.verdicts(said.unsaid()));
          // After the others, because later ranges win where they overlap.
          ranges.addAll(conflicts(said.conflicting()));
          ranges.removeIf(range -> !naming.wants(key, range));
          lanes
              .computeIfAbsent(key.incarnation(), _ -> new ArrayList<>())
              .add(new LaneVerdicts(key.lane(), ranges));
        });
    return lanes.entrySet().stream()
        .map(entry -> new IncarnationVerdicts(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<VerdictRange> conflicts(Numbers numbers) {
    return numbers.ranges().stream()
        .map(range -> new VerdictRange(range.from(), range.to(), Verdict.CONFLICT, ""))
        .toList();
  }
}
