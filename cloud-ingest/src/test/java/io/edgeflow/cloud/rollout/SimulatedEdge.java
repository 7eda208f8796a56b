package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The edge itself, a minute at a time: what it really runs, whatever the cloud knows of it. */
final class SimulatedEdge {
  /** What the new model does here. */
  enum Fate {
    GOOD,
    /** The edge's own gates find it bad, and it goes back. */
    ROLLED_BACK,
    /** It raises alarms; only the rollout's gates are strict enough. */
    ALARMS,
    /** The machine hangs from when it serves. */
    HANGS,
    /** It cannot be loaded. */
    FAILS
  }

  private static final int SOAK_MINUTES = 5;

  final Fate fate;
  final Set<String> denied = new TreeSet<>();
  boolean pinned;
  boolean hangs;
  String serves = RolloutCases.OLD;

  /** It served the new one, and proved it with enough rows. */
  boolean provedNew;

  private long number;
  private String document = "";
  private Optional<DesiredSlot> asked = Optional.empty();
  private DeployState state = DeployState.ACTIVE;
  private boolean proven = true;
  private int minutes;

  SimulatedEdge(Fate fate) {
    this.fate = fate;
  }

  /** A document arrives: older ones and the same again change nothing. */
  void hears(long newer, String digest, DesiredSlot slot) {
    if (newer <= number) {
      return;
    }
    number = newer;
    document = digest;
    if (pinned) {
      return;
    }
    boolean other = asked.filter(old -> old.digest().equals(slot.digest())).isEmpty();
    asked = Optional.of(slot);
    if (other && !slot.digest().equals(serves)) {
      state = denied.contains(slot.digest()) ? DeployState.REJECTED : DeployState.QUEUED;
      proven = false;
      minutes = 0;
    } else if (other) { // Back to what serves anyway.
      state = DeployState.ACTIVE;
      proven = true;
    }
  }

  void minute() {
    if (hangs || asked.isEmpty() || state.isEnd() || proven) {
      return;
    }
    minutes++;
    switch (state) {
      case QUEUED -> state = isNew() ? DeployState.DOWNLOADING : active(true);
      case DOWNLOADING -> state = DeployState.PREPARED;
      case PREPARED -> state = fate == Fate.FAILS ? DeployState.FAILED : active(false);
      case ACTIVE -> soaks();
      default -> throw new IllegalStateException("in " + state);
    }
  }

  Deployment says(String slot) {
    DesiredSlot wanted = asked.orElse(null);
    var one =
        new DeployedSlot(
            PayloadKind.MODEL,
            slot,
            "m",
            wanted == null ? "1" : wanted.version(),
            wanted == null ? serves : wanted.digest(),
            wanted == null ? "" : wanted.rollout(),
            state,
            proven,
            "",
            RolloutCases.OLD,
            0,
            0,
            0,
            evidence());
    return new Deployment(
        "start",
        number,
        document,
        0,
        "",
        List.of(one),
        List.copyOf(denied),
        Map.of(),
        pinned ? List.of(slot) : List.of());
  }

  private boolean isNew() {
    return asked.isPresent() && asked.get().digest().equals(RolloutCases.NEW);
  }

  private DeployState active(boolean atOnce) {
    serves = asked.orElseThrow().digest();
    proven = atOnce;
    minutes = 0;
    hangs = fate == Fate.HANGS && isNew();
    return DeployState.ACTIVE;
  }

  private void soaks() {
    if (fate == Fate.ROLLED_BACK && minutes >= 2) {
      denied.add(serves);
      serves = RolloutCases.OLD;
      state = DeployState.ROLLED_BACK;
    } else if (minutes >= SOAK_MINUTES) {
      proven = true;
      provedNew = true;
    }
  }

  private Evidence evidence() {
    if (!isNew() || state != DeployState.ACTIVE) {
      return Evidence.NONE;
    }
    long rows = 60L * (proven ? SOAK_MINUTES : minutes);
    return RolloutCases.alarms(rows, fate == Fate.ALARMS ? rows / 2 : 0, 600, 3);
  }
}
