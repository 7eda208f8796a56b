package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Evidence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An edge as the cloud sees it, with the desk that makes its documents. A test moves it by hand.
 */
final class TestEdge {
  final String name;
  String site = "west";
  Map<String, String> labels = Map.of();
  ZoneId zone = ZoneOffset.UTC;
  boolean online = true;
  Optional<Instant> heard = Optional.empty();
  Optional<Deployment> said = Optional.empty();
  final Set<String> denied = new TreeSet<>();
  final Set<String> pinned = new TreeSet<>();
  Set<String> slots = Set.of();
  final Map<String, DeployedSlot> deployed = new TreeMap<>();

  /** What holds its slots up, as it says. */
  String waitsFor = "";

  long number;
  String document = "";
  final Map<String, DesiredSlot> asked = new TreeMap<>();

  TestEdge(String name) {
    this.name = name;
    follow(0, "");
  }

  /** As the desk does: the same again makes no new document. */
  void ask(DesiredSlot slot) {
    if (!slot.equals(asked.put(slot.slot(), slot))) {
      number++;
      document = Digests.of(name + number + asked);
    }
  }

  /** Says that it follows its newest document, and how far the slot is. */
  TestEdge says(DeployState state, boolean proven, Evidence evidence) {
    for (DesiredSlot slot : asked.values()) {
      put(slot, state, proven, evidence);
    }
    return saw();
  }

  /** Everything that it is asked for serves and has proved itself. */
  TestEdge proves() {
    return says(DeployState.ACTIVE, true, RolloutCases.good(1_000));
  }

  /** It went back by itself and refuses the bundle. */
  TestEdge rollsBack() {
    asked.values().forEach(slot -> denied.add(slot.digest()));
    return says(DeployState.ROLLED_BACK, false, RolloutCases.good(10));
  }

  TestEdge saw() {
    follow(number, document);
    return this;
  }

  void follow(long followed, String digest) {
    said =
        Optional.of(
            new Deployment(
                "start",
                followed,
                digest,
                0,
                "",
                new ArrayList<>(deployed.values()),
                List.copyOf(denied),
                Map.of(),
                List.copyOf(pinned)));
  }

  /** What it says of one slot, whatever it follows. */
  void put(DesiredSlot slot, DeployState state, boolean proven, Evidence evidence) {
    DeployedSlot old = deployed.get(slot.slot());
    String before =
        old == null
            ? ""
            : old.digest().equals(slot.digest()) || old.state().isEnd()
                ? old.previous()
                : old.digest();
    deployed.put(
        slot.slot(),
        new DeployedSlot(
            slot.kind(),
            slot.slot(),
            slot.model(),
            slot.version(),
            slot.digest(),
            slot.rollout(),
            state,
            proven,
            waitsFor,
            before,
            0,
            0,
            0,
            evidence));
  }

  EdgeView view() {
    Optional<EdgeView.Issued> issued =
        number == 0
            ? Optional.empty()
            : Optional.of(new EdgeView.Issued(number, document, List.copyOf(asked.values())));
    return new EdgeView(name, site, labels, zone, online, heard, issued, said, denied, slots);
  }
}
