package io.edgeflow.lab.torn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.sim.AcknowledgedAccount;
import io.edgeflow.wire.frame.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the directory delivers that nobody damaged: both ends of its ledger.
 *
 * @param acknowledged what each series was told
 * @param stored readings by series
 */
public record Untouched(
    EdgeAccount edge,
    CloudAccount cloud,
    SortedMap<String, AcknowledgedAccount.Series> acknowledged,
    Map<String, Long> stored) {

  static Untouched of(SmallEdge edge, Trial.Outcome outcome) {
    Map<String, Long> told = bySeries(edge.told());
    SortedMap<String, AcknowledgedAccount.Series> acknowledged = new TreeMap<>();
    told.forEach(
        (series, count) ->
            acknowledged.put(series, new AcknowledgedAccount.Series(true, count, 0, count)));
    return new Untouched(
        outcome.account(),
        cloud(outcome.shelf()),
        acknowledged,
        bySeries(outcome.shelf().readings()));
  }

  private static Map<String, Long> bySeries(Map<Shelf.Place, Long> counts) {
    Map<String, Long> sums = new HashMap<>();
    counts.forEach((place, count) -> sums.merge(place.series(), count, Long::sum));
    return sums;
  }

  private static CloudAccount cloud(Shelf shelf) {
    ObjectNode ledger = new ObjectMapper().createObjectNode().put("balances", true);
    for (Lane lane : Lane.values()) {
      ledger
          .withObject("/totals/" + lane.word() + "/committed")
          .put("frames", shelf.frames(lane))
          .put("readings", shelf.carried(lane));
      ledger
          .withArray("/audit")
          .addObject()
          .put("lane", lane.word())
          .put("inTables", shelf.carried(lane));
    }
    return CloudAccount.of(ledger);
  }
}
