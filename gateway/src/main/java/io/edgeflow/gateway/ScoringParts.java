package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From what is configured to models that score. Without any, nothing that scores is loaded: a small
 * gateway has no memory for it.
 */
final class ScoringParts {
  private static final String FOLDER = "models";
  private static final Duration SOAK = Duration.ofSeconds(5);

  private final Optional<GatewayScoring> scoring;

  private ScoringParts(Optional<GatewayScoring> scoring) {
    this.scoring = scoring;
  }

  static ScoringParts open(
      GatewayConfig config, Lifecycle parts, Recorder recorder, MeterRegistry meters)
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
                        config.dataDir().resolve(FOLDER),
                        SOAK,
                        recorder.intake(),
                        meters,
                        recorder::event),
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

  List<Status.Model> models() {
    return scoring.map(GatewayScoring::models).orElseGet(List::of);
  }
}
