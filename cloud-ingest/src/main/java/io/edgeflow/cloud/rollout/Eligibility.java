package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DeployState;
import java.util.Optional;

/** Whether an edge may be asked at all. */
final class Eligibility {
  private Eligibility() {}

  /** Why it must not be asked; empty if it may. */
  static Optional<String> apart(RolloutState state, EdgeView edge) {
    Target target = state.target();
    if (!state.spec().selector().matches(edge)) {
      return Optional.of("is no longer selected");
    } else if (edge.deployment().isEmpty()) {
      return Optional.of("has not said that it takes documents");
    } else if (edge.denies(target.digest())) {
      return Optional.of("refuses this bundle until somebody forgives it");
    } else if (edge.pins(target.slot())) {
      return Optional.of("is pinned");
    } else if (edge.conflicts()) {
      return Optional.of("follows another document of the same number: two clouds speak to it");
    }
    return runsIt(target, edge) ? Optional.of("runs it already") : Optional.empty();
  }

  private static boolean runsIt(Target target, EdgeView edge) {
    boolean asked =
        edge.desired(target.payload(), target.slot())
            .filter(slot -> slot.digest().equals(target.digest()))
            .isPresent();
    return asked
        && edge.deployed(target.payload(), target.slot())
            .filter(slot -> slot.digest().equals(target.digest()))
            .filter(slot -> slot.state() == DeployState.ACTIVE && slot.proven())
            .isPresent();
  }
}
