package io.edgeflow.inference.node;

import io.edgeflow.inference.node.config.SlotConfig;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.SlotFigures;
import io.edgeflow.inference.scoring.SlotScorer;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import io.edgeflow.wire.document.ReportedModel;
import java.util.Optional;

/** One slot of the node and how its start went. Any thread. */
final class NodeSlot {
  private static final double NANOS_IN_MICRO = 1_000;
  private static final int IN_BATCH = 256;

  private final SlotConfig config;
  private final SlotOutlet outlet;
  private final SlotScorer scorer;
  private final ReadingQueue queue;
  private volatile Condition condition = new Condition("waiting", "");

  /** What is shown while no model serves. */
  private record Condition(String state, String detail) {}

  NodeSlot(SlotConfig config, int readings, SlotOutlet outlet, SlotScorer scorer) {
    this.config = config;
    this.queue = new ReadingQueue(Math.max(2, readings / IN_BATCH), IN_BATCH);
    this.outlet = outlet;
    this.scorer = scorer;
  }

  SlotConfig config() {
    return config;
  }

  SlotScorer scorer() {
    return scorer;
  }

  /** Readings that the slot has not seen yet. */
  ReadingQueue queue() {
    return queue;
  }

  void condition(String state, String detail) {
    condition = new Condition(state, detail);
  }

  /** The model that serves. */
  Optional<ModelIdentity> model() {
    return scorer.figures().state() instanceof SlotState.Serving serving
        ? Optional.of(serving.model())
        : Optional.empty();
  }

  ReportedModel status(String node, String provider) {
    SlotFigures figures = scorer.figures();
    Optional<ModelIdentity> model = model();
    Condition now = condition;
    boolean failing = model.isPresent() && outlet.isFailing();
    String serving = failing ? "failing" : "serving";
    return new ReportedModel(
        config.slot(),
        node,
        model.map(ModelIdentity::name).orElse(""),
        model.map(ModelIdentity::version).orElse(""),
        model.map(ModelIdentity::digest).orElse(""),
        provider,
        model.isPresent() ? serving : now.state(),
        failing ? figures.lastError() : now.detail(),
        "",
        figures.scored(),
        figures.errors(),
        queue.dropped(),
        figures.times().median() / NANOS_IN_MICRO,
        figures.times().p99() / NANOS_IN_MICRO);
  }
}
