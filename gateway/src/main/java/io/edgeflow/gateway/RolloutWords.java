package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import java.util.Optional;

/** How far rollouts are, for the pages. */
final class RolloutWords {
  private RolloutWords() {}

  /**
   * @param kafka how the way over Kafka is; empty where there is none
   */
  static Status.Rollouts of(Optional<Deployment> deployment, String kafka) {
    return deployment.map(RolloutWords::of).orElse(Status.Rollouts.NONE).over(kafka);
  }

  private static Status.Rollouts of(Deployment deployment) {
    return new Status.Rollouts(
        true,
        deployment.refusal(),
        deployment.number(),
        deployment.keys(),
        deployment.slots().stream().map(RolloutWords::slot).toList(),
        deployment.denied(),
        deployment.pinned(),
        "");
  }

  private static Status.Rollout slot(DeployedSlot slot) {
    return new Status.Rollout(
        slot.slot(),
        slot.model(),
        slot.version(),
        slot.digest(),
        slot.rollout(),
        slot.state().word(),
        slot.proven(),
        slot.detail(),
        slot.evidence().rows(),
        slot.doneBytes(),
        slot.totalBytes());
  }
}
