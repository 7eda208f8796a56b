package io.edgeflow.lab.torn;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts an edge on a damaged directory, lets it deliver and holds it to what it says. */
final class Trial {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 20;

  private Trial() {}

  /**
   * What came of one.
   *
   * @param missing acknowledged readings that were delivered by no life
   * @param doubled readings beyond those acknowledged
   * @param said everything that the start told of damage
   * @param conflictReadings in frames whose number the cloud has with other content
   * @param account the edge's, when everything was delivered
   * @param shelf what the cloud has in the end
   */
  record Outcome(
      long missing,
      long doubled,
      List<EventRow> said,
      long conflictReadings,
      List<String> faults,
      EdgeAccount account,
      Shelf shelf) {}

  /**
   * @param config of the start; the directory was written under the edge's own
   * @param disk is used up
   * @throws Exception if the edge does not start, or does not answer
   */
  static Outcome run(SmallEdge edge, GatewayConfig config, ForgetfulDisk disk) throws Exception {
    Shelf shelf = edge.shelf().copy();
    int before = shelf.events();
    ShelfLink link = new ShelfLink(shelf, ShelfLink.Reach.EVERYTHING);
    Breakages breakages = new Breakages();
    List<String> faults = new ArrayList<>();
    EdgeAccount account;
    Surroundings here = Surroundings.real().withDisk(disk.forThisProcess());
    try (EdgeCore core = EdgeCore.open(config, here, breakages, link)) {
      awaitDelivered(core, faults);
      core.finish();
      account = account(core);
    }
    faults.addAll(breakages.words());
    if (link.unreadable() > 0) {
      faults.add(link.unreadable() + " frames cannot be read by a cloud");
    }
    long missing = 0;
    long doubled = 0;
    Map<Shelf.Place, Long> stored = shelf.readings();
    for (Map.Entry<Shelf.Place, Long> told : edge.told().entrySet()) {
      long there = stored.getOrDefault(told.getKey(), 0L);
      missing += Math.max(0, told.getValue() - there);
      doubled += Math.max(0, there - told.getValue());
    }
    List<EventRow> said =
        shelf.eventsSince(before).stream()
            .filter(event -> event.severity() == EventSeverity.ALARM)
            .toList();
    return new Outcome(missing, doubled, said, link.conflictReadings(), faults, account, shelf);
  }

  /** Before it may end: what ends without a link sends nothing any more. */
  private static void awaitDelivered(EdgeCore core, List<String> faults) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!account(core).delivered()) {
      if (System.nanoTime() > end) {
        faults.add("not everything was delivered: " + account(core));
        return;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    while (core.uplink().state() != UplinkState.SENDING && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static EdgeAccount account(EdgeCore core) throws Exception {
    return EdgeAccount.of(JSON.valueToTree(core.ledger().get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
  }
}
