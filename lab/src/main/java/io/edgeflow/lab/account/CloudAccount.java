package io.edgeflow.lab.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.account.EdgeAccount.Amount;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.Map;

/**
 * The cloud's side of the ledger for one edge, as {@code GET /api/v1/ledger} of a cloud tells it.
 *
 * @param committed by lane
 * @param missing announced by the edge and not settled, by lane
 * @param lost committed once, then gone with a database that was put back, and no longer held by
 *     the edge; by lane
 * @param dropped given up by the edge, by lane
 * @param inTables readings that the tables hold, by lane; without an audit nothing
 * @param balances what the cloud itself says
 */
public record CloudAccount(
    Map<Lane, Amount> committed,
    Map<Lane, Amount> missing,
    Map<Lane, Amount> lost,
    Map<Lane, Amount> dropped,
    Map<Lane, Long> inTables,
    boolean balances) {

  public static CloudAccount of(JsonNode ledger) {
    Map<Lane, Amount> committed = new EnumMap<>(Lane.class);
    Map<Lane, Amount> missing = new EnumMap<>(Lane.class);
    Map<Lane, Amount> lost = new EnumMap<>(Lane.class);
    Map<Lane, Amount> dropped = new EnumMap<>(Lane.class);
    Map<Lane, Long> inTables = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      JsonNode total = ledger.path("totals").path(lane.word());
      committed.put(lane, Amount.of(total.path("committed")));
      missing.put(lane, Amount.of(total.path("missing")));
      lost.put(lane, Amount.of(total.path("lost")));
      dropped.put(lane, Amount.of(total.path("dropped")));
      for (JsonNode line : ledger.path("audit")) {
        if (line.path("lane").asText().equals(lane.word())) {
          inTables.merge(lane, line.path("inTables").asLong(), Long::sum);
        }
      }
    }
    return new CloudAccount(
        committed, missing, lost, dropped, inTables, ledger.path("balances").asBoolean(false));
  }

  public Amount committed(Lane lane) {
    return committed.getOrDefault(lane, new Amount(0, 0));
  }

  public Amount missing(Lane lane) {
    return missing.getOrDefault(lane, new Amount(0, 0));
  }

  public Amount lost(Lane lane) {
    return lost.getOrDefault(lane, new Amount(0, 0));
  }

  public Amount dropped(Lane lane) {
    return dropped.getOrDefault(lane, new Amount(0, 0));
  }

  public long inTables(Lane lane) {
    return inTables.getOrDefault(lane, 0L);
  }
}
