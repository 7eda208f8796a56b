package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Before;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.DesiredSlot;
import java.time.Duration;
import java.util.Optional;

/** One rollout's slot in the documents of an edge. */
final class Slots {
  private final String rollout;
  private final Target target;
  private final FleetSpec spec;

  Slots(RolloutState state) {
    this.rollout = state.id();
    this.target = state.target();
    this.spec = state.spec();
  }

  Optional<DesiredSlot> desired(EdgeView edge) {
    return edge.desired(target.payload(), target.slot());
  }

  Optional<DeployedSlot> deployed(EdgeView edge) {
    return edge.deployed(target.payload(), target.slot());
  }

  boolean isForward(DesiredSlot slot) {
    return isOurs(slot) && slot.digest().equals(target.digest());
  }

  boolean isOurs(DesiredSlot slot) {
    return slot.rollout().equals(rollout);
  }

  /** Whether its newest document asks for the new bundle, for this rollout. */
  boolean asksForward(EdgeView edge) {
    return desired(edge).filter(this::isForward).isPresent();
  }

  DesiredSlot forward() {
    return new DesiredSlot(
        target.payload(),
        target.slot(),
        target.model(),
        target.version(),
        target.digest(),
        rollout,
        spec.shadow(),
        spec.soak());
  }

  /** Without shadow and soak: what it goes back to has proved itself. */
  DesiredSlot back(Before before) {
    return new DesiredSlot(
        target.payload(),
        target.slot(),
        before.model(),
        before.version(),
        before.digest(),
        rollout,
        Duration.ZERO,
        Duration.ZERO);
  }

  /**
   * What the edge goes back to: what its document asked for, else what it serves; nothing that it
   * refuses.
   */
  Before before(EdgeView edge) {
    return desired(edge)
        .map(slot -> new Before(slot.model(), slot.version(), slot.digest()))
        .filter(found -> !edge.denies(found.digest()) && !found.digest().equals(target.digest()))
        .or(() -> deployed(edge).map(Slots::served).filter(found -> !edge.denies(found.digest())))
        .filter(found -> !found.digest().equals(target.digest()))
        .orElse(Before.CONFIGURED);
  }

  private static Before served(DeployedSlot slot) {
    return slot.state() == DeployState.ACTIVE && slot.proven()
        ? new Before(slot.model(), slot.version(), slot.digest())
        : new Before("", "", slot.previous());
  }
}
