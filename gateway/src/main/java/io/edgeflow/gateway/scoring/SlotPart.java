package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.SlotFigures;
import io.edgeflow.inference.scoring.SlotScorer;
import io.edgeflow.inference.slot.ComparisonReport;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One slot of the gateway and how its start went. Any thread. */
final class SlotPart {
  private static final double NANOS_IN_MICRO = 1_000;
  private static final Set<String> UNSETTLED = Set.of("waiting", "loading");
  private static final int BATCHES = 64;
  private static final int READINGS_IN_BATCH = 256;

  private final ScoringConfig config;
  private final ModelEvents events;
  private final ScoreOutlet outlet;
  private final SlotScorer scorer;
  private final ReadingQueue queue = new ReadingQueue(BATCHES, READINGS_IN_BATCH);
  private final ChangeLog changes = new ChangeLog();
  private volatile String source = "";
  private volatile SlotChoice choice = SlotChoice.none("");
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

  /** Readings that the slot has not seen yet. */
  ReadingQueue queue() {
    return queue;
  }

  ChangeLog changes() {
    return changes;
  }

  /** Why the model that serves next does. */
  void source(String why) {
    source = why;
    events.source(why);
  }

  /** What was chosen for it. */
  void choice(SlotChoice now) {
    choice = now;
  }

  SlotChoice choice() {
    return choice;
  }

  /** What there is to go back to, for people; empty if nothing. */
  private String before() {
    ChosenBundle old = choice.before();
    return old == null ? "" : old.identity().toString();
  }

  /** Of one choice: a model that goes because another is chosen has not failed. */
  SlotView view() {
    SlotChoice chosen;
    SlotView view;
    do {
      chosen = choice;
      view = view(chosen);
    } while (!chosen.equals(choice));
    return view;
  }

  private SlotView view(SlotChoice chosen) {
    ChosenBundle old = chosen.before();
    ChosenBundle serving = chosen.serving();
    Condition now = condition;
    SlotFigures figures = scorer.figures();
    return new SlotView(
        !UNSETTLED.contains(now.state()),
        chosen.disabled(),
        serving != null && !serving.bundle().equals(chosen.configured()),
        Optional.ofNullable(old).map(ChosenBundle::identity),
        figures.state(),
        figures.service(),
        events.deaths(),
        figures.state() instanceof SlotState.Serving ? "" : now.detail());
  }

  void condition(String state, String detail) {
    condition = new Condition(state, detail);
  }

  Status.Model status(ModelPlaces.Words arithmetic) {
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
        arithmetic.provider(),
        arithmetic.attempts(),
        model.isPresent() ? serving : now.state(),
        failing ? figures.lastError() : now.detail(),
        model.isPresent() ? source : "",
        candidate(figures.state()),
        before(),
        figures.state().fallback() instanceof SlotState.Loaded,
        figures.state().candidate() instanceof SlotState.Shadowing shadow
            ? shadow.model().toString()
            : "",
        comparison(figures.state()),
        figures.scored(),
        queue.dropped(),
        figures.errors(),
        figures.times().median() / NANOS_IN_MICRO,
        figures.times().p99() / NANOS_IN_MICRO,
        changes.list());
  }

  private static String candidate(SlotState state) {
    return switch (state.candidate()) {
      case SlotState.NoCandidate _ -> "";
      case SlotState.Proven(ModelIdentity model) -> model.toString();
      case SlotState.Shadowing shadow -> shadow.model().toString();
    };
  }

  private static Status.@Nullable Comparison comparison(SlotState state) {
    if (!(state.candidate() instanceof SlotState.Shadowing shadow)) {
      return null;
    }
    ComparisonReport report = shadow.report();
    double rows = Math.max(1, report.compared());
    return new Status.Comparison(
        report.compared(),
        report.meanDifference(),
        report.mostDifference(),
        report.correlation().isPresent() ? report.correlation().getAsDouble() : null,
        report.servingAlarms() / rows,
        report.candidateAlarms() / rows,
        report.bothAlarms() / rows,
        report.skipped(),
        report.failedRows(),
        report.servingTimes().median() / NANOS_IN_MICRO,
        report.servingTimes().p99() / NANOS_IN_MICRO,
        report.candidateTimes().median() / NANOS_IN_MICRO,
        report.candidateTimes().p99() / NANOS_IN_MICRO);
  }

  /** How the shadow does, as the end of a sentence; empty if there is none. */
  String shadowWords() {
    Status.Comparison report = comparison(scorer.figures().state());
    return report == null
        ? ""
        : String.format(
            Locale.ROOT,
            "; in the shadow %d rows were compared, mean difference %.6g, largest %.6g, alarm rates"
                + " %.4f and %.4f",
            report.rows(),
            report.meanDifference(),
            report.mostDifference(),
            report.servingAlarmRate(),
            report.candidateAlarmRate());
  }
}
