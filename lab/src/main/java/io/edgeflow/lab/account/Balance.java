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

  /** Where everything that was numbered is delivered in the end. */
  public static Balance of(EdgeAccount edge, CloudAccount cloud) {
    List<Check> checks = new ArrayList<>(edge(edge));
    for (Lane lane : Lane.values()) {
      checks.addAll(delivered(lane, edge.lane(lane), cloud));
    }
    checks.addAll(cloud(cloud));
    for (Lane lane : Lane.values()) {
      checks.add(
          new Check(lane.word() + ": the cloud lost no frame", cloud.lost(lane).frames(), 0));
    }
    return new Balance(List.copyOf(checks));
  }

  /**
   * Where the edge may have dropped what it had no room for, and the cloud's database may have lost
   * what the edge no longer holds: the edge was told once that it is committed (L3).
   */
  public static Balance withLosses(EdgeAccount edge, CloudAccount cloud) {
    List<Check> checks = new ArrayList<>(edge(edge));
    for (Lane lane : Lane.values()) {
      checks.addAll(settled(lane, edge.lane(lane), cloud));
    }
    checks.addAll(cloud(cloud));
    return new Balance(List.copyOf(checks));
  }

  /**
   * Each side by itself, where several copies of an edge report to one cloud: each knows only of
   * its own frames.
   */
  public static Balance apart(EdgeAccount edge, CloudAccount cloud) {
    List<Check> checks = new ArrayList<>(edge(edge));
    checks.addAll(cloud(cloud));
    return new Balance(List.copyOf(checks));
  }

  private static List<Check> edge(EdgeAccount edge) {
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
      checks.add(fates(lane, edge.lane(lane)));
    }
    return checks;
  }

  private static Check fates(Lane lane, LaneAccount edge) {
    return new Check(
        lane.word() + ": every numbered frame has its fate",
        edge.framed().frames(),
        edge.delivered().frames()
            + edge.superseded().frames()
            + edge.refused().frames()
            + edge.conflict().frames()
            + edge.dropped().frames());
  }

  private static List<Check> cloud(CloudAccount cloud) {
    List<Check> checks = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      String word = lane.word();
      checks.add(new Check(word + ": the cloud misses no frame", cloud.missing(lane).frames(), 0));
      if (lane != Lane.EVENT) {
        checks.add(
            new Check(
                word + ": readings committed = readings in the tables",
                cloud.committed(lane).readings(),
                cloud.inTables(lane)));
      }
    }
    checks.add(new Check("cloud: says that its ledger balances", cloud.balances() ? 1 : 0, 1));
    return checks;
  }

  private static List<Check> delivered(Lane lane, LaneAccount edge, CloudAccount cloud) {
    String word = lane.word();
    return List.of(
        new Check(
            word + ": frames delivered = committed in the cloud",
            edge.delivered().frames(),
            cloud.committed(lane).frames()),
        new Check(
            word + ": readings delivered = committed in the cloud",
            edge.delivered().readings(),
            cloud.committed(lane).readings()));
  }

  private static List<Check> settled(Lane lane, LaneAccount edge, CloudAccount cloud) {
    String word = lane.word();
    return List.of(
        new Check(
            word + ": frames delivered or dropped = committed, lost or dropped in the cloud",
            edge.delivered().frames() + edge.dropped().frames(),
            cloud.committed(lane).frames()
                + cloud.lost(lane).frames()
                + cloud.dropped(lane).frames()),
        new Check(
            word + ": readings delivered or dropped = committed, lost or dropped in the cloud",
            edge.delivered().readings() + edge.dropped().readings(),
            cloud.committed(lane).readings()
                + cloud.lost(lane).readings()
                + cloud.dropped(lane).readings()));
  }

  public boolean holds() {
    return checks.stream().allMatch(Check::holds);
  }
}
