package io.edgeflow.cloud.deploy;

import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What an edge does with documents, as a value in memory: it takes what is signed, newer and for
 * it, runs what it is told unless it refuses that, and reports. Not thread-safe.
 */
final class TestEdge {
  /** What becomes of a slot that is told something, and what is seen of it. */
  record Fate(DeployState state, boolean proven, Evidence evidence) {
    static final Fate GOOD =
        new Fate(
            DeployState.ACTIVE, true, new Evidence(600, 5_000, 0, 0, 900, 900, 0, 5, 5_000, 5, 0));
    static final Fate BAD =
        new Fate(
            DeployState.ROLLED_BACK,
            false,
            new Evidence(20, 900, 0, 800, 900, 900, 0, 5, 5_000, 5, 0));
  }

  private final String name;
  private final Function<DesiredSlot, Fate> fates;
  private final Map<String, DeployedSlot> slots = new LinkedHashMap<>();
  private final TreeSet<String> denied = new TreeSet<>();
  private final Map<String, Long> floors = new TreeMap<>();
  private long number;
  private String digest = "";
  private int start = 1;
  private long clock = 1;
  private List<String> disabled = List.of();
  private String refusal = "";

  TestEdge(String name, Function<DesiredSlot, Fate> fates) {
    this.name = name;
    this.fates = fates;
  }

  /**
   * @return whether it was news
   */
  boolean offered(byte[] signed) {
    var verdict = TestKeys.check().check(signed, Desired.TYPE, Desired.MAX_SIGNED_BYTES);
    if (!(verdict instanceof OrderCheck.Trusted(String payload, String _))
        || !(Desired.parse(payload) instanceof Parsed.Ok<Desired>(Desired desired))) {
      throw new AssertionError(verdict.toString());
    }
    if (!desired.edge().equals(name) || desired.number() < number) {
      return false;
    }
    if (desired.number() == number) {
      refusal = desired.digest().equals(digest) ? refusal : "conflict";
      return false;
    }
    take(desired);
    return true;
  }

  private void take(Desired desired) {
    number = desired.number();
    digest = desired.digest();
    refusal = "";
    disabled = desired.disabled();
    denied.removeAll(desired.forgiven());
    denied.addAll(desired.denied());
    desired.floors().forEach((model, floor) -> floors.merge(model, floor, Math::max));
    desired.slots().forEach(this::take);
  }

  private void take(DesiredSlot slot) {
    DeployedSlot before = slots.get(slot.slot());
    if (before != null && before.digest().equals(slot.digest())) {
      return;
    }
    Fate fate =
        slot.digest().isEmpty()
            ? Fate.GOOD
            : denied.contains(slot.digest())
                ? new Fate(DeployState.REJECTED, false, Evidence.NONE)
                : fates.apply(slot);
    if (fate.state() == DeployState.ROLLED_BACK) {
      denied.add(slot.digest());
    }
    slots.put(
        slot.slot(),
        new DeployedSlot(
            slot.kind(),
            slot.slot(),
            slot.model(),
            slot.version(),
            slot.digest(),
            slot.rollout(),
            fate.state(),
            fate.proven(),
            "",
            before == null ? "" : before.digest(),
            ++clock,
            1000,
            1000,
            fate.evidence()));
  }

  /** The process starts again. */
  void restart() {
    start++;
  }

  /** A new disk: nothing is left but the name. */
  void reimage() {
    slots.clear();
    denied.clear();
    floors.clear();
    number = 0;
    digest = "";
    start += 100;
    disabled = List.of();
  }

  /** As after a document that nobody here knows. */
  void follow(long otherNumber, String otherDigest) {
    number = otherNumber;
    digest = otherDigest;
  }

  void serves(String model, long floor) {
    floors.merge(model, floor, Math::max);
  }

  void deny(String bundle) {
    denied.add(bundle);
  }

  Reported report() {
    return new Reported(
        name,
        Reported.VERSION,
        ++clock,
        "test",
        List.of(),
        0,
        Optional.of(
            new Deployment(
                "start-" + start,
                number,
                digest,
                1,
                refusal,
                List.copyOf(slots.values()),
                List.copyOf(denied),
                floors,
                List.of())));
  }

  String name() {
    return name;
  }

  long number() {
    return number;
  }

  Set<String> denied() {
    return denied;
  }

  Map<String, Long> floors() {
    return floors;
  }

  List<String> disabled() {
    return disabled;
  }

  /** What serves in a slot: the digest told, unless that was taken back or never ran. */
  String serving(String slot) {
    DeployedSlot there = slots.get(slot);
    if (there == null) {
      return "";
    }
    return there.state() == DeployState.ACTIVE ? there.digest() : there.previous();
  }
}
