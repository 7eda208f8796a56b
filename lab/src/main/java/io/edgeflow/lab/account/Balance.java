package io.edgeflow.lab.account;

import io.edgeflow.lab.account.EdgeAccount.LaneAccount;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;

/** Both sides of the ledger held against each other, once everything has come to rest. Pure. */
public record Balance(List<Check> checks) {
  /**
   * @param rule what must be equal, in words
   */
  public record Check(String rule, long left, long right) {
    public boolean holds() {
      return left == right;
    }
  }

  /** Where nothing was put back to an older state. */
  public static Balance of(EdgeAccount edge, CloudAccount cloud) {
    List<Check> checks = new ArrayList<>(withLosses(edge, cloud).checks());
    for (Lane lane : Lane.values()) {
      checks.add(
          new Check(lane.word() + ": the cloud lost no frame", cloud.lost(lane).frames(), 0));
    }
    return new Balance(List.copyOf(checks));
  }

  /** Where the cloud's database may have lost what the edge no longer holds (L3). */
  public static Balance withLosses(EdgeAccount edge, CloudAccount cloud) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "edge: received = accepted + rejected + refused",
            edge.received(),
            edge.accepted() + edge.rejected() + edge.refused()));
    checks.add(
        new Check(
            "edge: accepted = folded + duplicate + pending",
            edge.accepted(),
            edge.folded() + edge.duplicate() + edge.pending()));
    checks.add(new Check("edge: nothing is pending", edge.pending(), 0));
    checks.add(
        new Check(
            "edge: folded = readings in window frames",
            edge.folded(),
            edge.lane(Lane.WINDOW).framed().readings()
                - edge.lane(Lane.WINDOW).superseded().readings()));
    for (Lane lane : Lane.values()) {
      checks.addAll(lane(lane, edge.lane(lane), cloud));
    }
    checks.add(new Check("cloud: says that its ledger balances", cloud.balances() ? 1 : 0, 1));
    return new Balance(List.copyOf(checks));
  }

  private static List<Check> lane(Lane lane, LaneAccount edge, CloudAccount cloud) {
    String word = lane.word();
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            word + ": every numbered frame has its fate",
            edge.framed().frames(),
            edge.delivered().frames()
                + edge.superseded().frames()
                + edge.refused().frames()
                + edge.conflict().frames()
                + edge.dropped().frames()));
    checks.add(
        new Check(
            word + ": frames delivered = committed in the cloud",
            edge.delivered().frames(),
            cloud.committed(lane).frames() + cloud.lost(lane).frames()));
    checks.add(
        new Check(
            word + ": readings delivered = committed in the cloud",
            edge.delivered().readings(),
            cloud.committed(lane).readings() + cloud.lost(lane).readings()));
    checks.add(new Check(word + ": the cloud misses no frame", cloud.missing(lane).frames(), 0));
    if (lane != Lane.EVENT) {
      checks.add(
          new Check(
              word + ": readings committed = readings in the tables",
              cloud.committed(lane).readings(),
              cloud.inTables(lane)));
    }
    return checks;
  }

  public boolean holds() {
    return checks.stream().allMatch(Check::holds);
  }
}
