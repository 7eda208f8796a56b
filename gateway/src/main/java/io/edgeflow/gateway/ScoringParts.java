package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelVeto;
import io.edgeflow.gateway.scoring.RolloutPanel;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From what is configured to models that score. Without any, nothing that scores is loaded: a small
 * gateway has no memory for it.
 */
final class ScoringParts {
  private static final String FOLDER = "models";

  private final Optional<GatewayScoring> scoring;

  private ScoringParts(Optional<GatewayScoring> scoring) {
    this.scoring = scoring;
  }

  static ScoringParts open(
      GatewayConfig config,
      Lifecycle parts,
      Recorder recorder,
      Intake intake,
      MeterRegistry meters,
      ModelVeto veto)
      throws Exception {
    if (config.scoring().isEmpty()) {
      return new ScoringParts(Optional.empty());
    }
    return new ScoringParts(
        Optional.of(
            parts.open(
                "scoring",
                () ->
                    GatewayScoring.start(
                        config.scoring(),
                        new GatewayScoring.Ground(
                            config.dataDir().resolve(FOLDER),
                            intake,
                            meters,
                            recorder::event,
                            recorder::presentMicros,
                            veto),
                        GatewayScoring.Pace.STANDARD),
                GatewayScoring::close)));
  }

  /** Whoever hears of readings, and the models too. */
  ReadingListener beside(ReadingListener others) {
    if (scoring.isEmpty()) {
      return others;
    }
    GatewayScoring models = scoring.get();
    return (series, time, number, text, quality) -> {
      models.accepted(series, time, number, text, quality);
      others.accepted(series, time, number, text, quality);
    };
  }

  /** What a series was made of; empty where no model here wrote it. */
  List<String> behind(String series) {
    return scoring.map(models -> models.behind(series)).orElseGet(List::of);
  }

  /** Slots of other processes, whose scores are readings like any other but not scored again. */
  void ofNodes(Set<String> slots) {
    scoring.ifPresent(models -> models.ofNodes(slots));
  }

  List<Status.Model> models() {
    return scoring.map(GatewayScoring::models).orElseGet(List::of);
  }

  /** For whoever changes models; without slots there are none to change. */
  RolloutPanel panel() {
    return scoring.isPresent() ? scoring.get() : new NoModels();
  }

  private static final class NoModels implements RolloutPanel {
    @Override
    public List<Status.Model> models() {
      return List.of();
    }

    @Override
    public Asked ask(String slot, ModelCommand command, Said by) {
      return Asked.unknown();
    }

    @Override
    public Optional<SlotView> view(String slot) {
      return Optional.empty();
    }

    @Override
    public boolean isDeadly(String digest) {
      return false;
    }

    @Override
    public Duration rest(String digest) {
      return Duration.ZERO;
    }

    @Override
    public boolean rests(String digest) {
      return false;
    }

    @Override
    public void forgive(String digest) {}
  }
}
