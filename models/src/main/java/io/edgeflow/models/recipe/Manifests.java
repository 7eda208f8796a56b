package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.GapRule;
import io.edgeflow.inference.bundle.Gates;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Normalisation;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Preparation;
import io.edgeflow.inference.bundle.QualityRule;
import io.edgeflow.inference.bundle.Resampling;
import io.edgeflow.inference.bundle.Tensors;
import io.edgeflow.inference.bundle.Threshold;
import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the manifests of all recipes have in common. */
final class Manifests {
  /** Beyond so many spreads a value is as wild as can be; keeps every sum finite in float32. */
  private static final double CLIP = 10_000;

  private static final Duration LATENESS = Duration.ofSeconds(1);

  private Manifests() {}

  static Manifest of(
      Wish wish,
      String description,
      List<Glob> devices,
      Input input,
      Preparation how,
      List<Output> outputs) {
    return of(
        wish,
        description,
        devices,
        input,
        how,
        new Tensors("input", "output", List.of()),
        outputs,
        new Limits(Duration.ofSeconds(1), new ByteSize(64L << 20), 256));
  }

  static Manifest of(
      Wish wish,
      String description,
      List<Glob> devices,
      Input input,
      Preparation how,
      Tensors tensors,
      List<Output> outputs,
      Limits limits) {
    return new Manifest(
        Manifest.SCHEMA,
        wish.name(),
        wish.version(),
        Manifest.ModelRuntime.ONNX,
        description,
        devices,
        input,
        how,
        tensors,
        outputs,
        List.of(
            new Threshold(
                "unusual", "score", 1, 0.2, 100, Threshold.Direction.ABOVE, Duration.ZERO)),
        limits,
        List.of(),
        Gates.STANDARD);
  }

  static Preparation preparation(Resampling resampling, Duration maxGap) {
    return new Preparation(
        resampling,
        new GapRule(maxGap, GapRule.Fill.HOLD),
        new QualityRule(
            QualityRule.Treatment.USE, QualityRule.Treatment.REFUSE, QualityRule.Treatment.REFUSE),
        new Normalisation(Normalisation.Mode.PARAMETERS, Optional.of(CLIP)));
  }

  static Preparation ofMinutes() {
    return preparation(everyReading(), Survey.maxGap(Duration.ofMinutes(1)));
  }

  static Resampling everyReading() {
    return new Resampling(Resampling.Method.NONE, Optional.empty(), LATENESS);
  }

  static Resampling every(Duration period) {
    return new Resampling(
        Resampling.Method.MEAN,
        Optional.of(period),
        period.compareTo(LATENESS) > 0 ? period : LATENESS);
  }

  static Output output(String name, String description) {
    return new Output(name, "", Output.Meaning.SCORE, description);
  }
}
