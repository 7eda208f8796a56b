package io.edgeflow.gateway.deploy;

import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the agent says of itself. */
final class DeploymentReport {
  private DeploymentReport() {}

  /** What the journal does not tell of a slot that is on its way. */
  record Live(String waitsFor, Evidence evidence, Download.Progress progress) {}

  /**
   * @param refusal why the last other document was not taken
   */
  static Deployment of(
      AgentState state, String start, int keys, String refusal, Function<SlotRecord, Live> live) {
    List<DeployedSlot> slots = new ArrayList<>();
    for (SlotRecord record : state.slots().values()) {
      if (slots.size() < Deployment.MAX_SLOTS) {
        slots.add(slot(record, live.apply(record)));
      }
    }
    return new Deployment(
        start,
        state.number(),
        state.digest(),
        keys,
        refusal,
        slots,
        List.copyOf(state.denied().keySet()),
        state.floors(),
        state.pinned().keySet().stream().limit(Deployment.MAX_SLOTS).toList());
  }

  private static DeployedSlot slot(SlotRecord record, Live live) {
    Target target = record.target();
    return new DeployedSlot(
        target.kind(),
        record.slot(),
        target.model(),
        target.version(),
        target.digest(),
        target.rollout(),
        state(record),
        record.step() == Step.PROVEN,
        record.detail().isEmpty() ? live.waitsFor() : record.detail(),
        record.previous(),
        record.sinceMillis(),
        live.progress().done(),
        live.progress().total(),
        live.evidence());
  }

  /** Between the shadow and its service nobody needs to know that it was only prepared. */
  private static DeployState state(SlotRecord record) {
    boolean wasCompared = record.step() == Step.ACTIVATING && record.target().shadow().isPositive();
    return wasCompared ? DeployState.SHADOW : record.step().state();
  }

  /** What people and the cloud should hear of at once: all but figures that grow. */
  static Deployment withoutFigures(Deployment whole) {
    List<DeployedSlot> slots =
        whole.slots().stream()
            .map(
                slot ->
                    new DeployedSlot(
                        slot.kind(),
                        slot.slot(),
                        slot.model(),
                        slot.version(),
                        slot.digest(),
                        slot.rollout(),
                        slot.state(),
                        slot.proven(),
                        slot.detail(),
                        slot.previous(),
                        slot.sinceMillis(),
                        0,
                        0,
                        Evidence.NONE))
            .toList();
    return new Deployment(
        whole.start(),
        whole.number(),
        whole.desired(),
        whole.keys(),
        whole.refusal(),
        slots,
        whole.denied(),
        whole.floors(),
        whole.pinned());
  }
}
