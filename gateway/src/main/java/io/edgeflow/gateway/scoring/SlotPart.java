package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.inference.scoring.SlotFigures;
import io.edgeflow.inference.scoring.SlotScorer;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.util.List;
import java.util.Optional;

/** One slot of the gateway and how its start went. Any thread. */
final class SlotPart {
  private static final double NANOS_IN_MICRO = 1_000;

  private final ScoringConfig config;
  private final ModelEvents events;
  private final ScoreOutlet outlet;
  private final SlotScorer scorer;
  private volatile Condition condition = new Condition("waiting", "");

  /** What is shown while no model serves. */
  private record Condition(String state, String detail) {}

  SlotPart(ScoringConfig config, ModelEvents events, ScoreOutlet outlet) {
    this.config = config;
    this.events = events;
    this.outlet = outlet;
    this.scorer = new SlotScorer(config.slot(), outlet);
  }

  ScoringConfig config() {
    return config;
  }

  ModelEvents events() {
    return events;
  }

  ScoreOutlet outlet() {
    return outlet;
  }

  SlotScorer scorer() {
    return scorer;
  }

  void condition(String state, String detail) {
    condition = new Condition(state, detail);
  }

  /**
   * @param dropped readings that no slot saw
   */
  Status.Model status(String provider, List<String> providers, long dropped) {
    SlotFigures figures = scorer.figures();
    Optional<ModelIdentity> model =
        figures.state() instanceof SlotState.Serving serving
            ? Optional.of(serving.model())
            : Optional.empty();
    Condition now = condition;
    boolean failing = model.isPresent() && outlet.isFailing();
    String serving = failing ? "failing" : "serving";
    return new Status.Model(
        "",
        config.slot(),
        model.map(ModelIdentity::name).orElse(""),
        model.map(ModelIdentity::version).orElse(""),
        model.map(ModelIdentity::digest).orElse(""),
        provider,
        providers,
        model.isPresent() ? serving : now.state(),
        failing ? figures.lastError() : now.detail(),
        figures.state().candidate() instanceof SlotState.Shadowing shadow
            ? shadow.model().toString()
            : "",
        figures.scored(),
        dropped,
        figures.errors(),
        figures.times().median() / NANOS_IN_MICRO,
        figures.times().p99() / NANOS_IN_MICRO);
  }
}
