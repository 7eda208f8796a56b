package io.edgeflow.lab.bench;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.scoring.BundleModels;
import io.edgeflow.models.history.History;
import io.edgeflow.models.pump.VibratingPump;
import io.edgeflow.models.recipe.Fitted;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.recipe.WaveformRecipe;
import io.edgeflow.models.recipe.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The waveform model, fitted to a simulated pump, on one provider after the other. */
final class ProvidersWork {
  private static final int BURSTS = 480;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long MEMORY = 2L << 30;

  private final Path graph;
  private final ModelSpec spec;
  private final float[] rows;

  /** How one provider did. */
  sealed interface Outcome {
    ExecutionProvider provider();
  }

  /**
   * @param rowsPerSecond for each batch
   * @param deviation the greatest from the processor's scores, as a part of them
   */
  record Measured(ExecutionProvider provider, List<Double> rowsPerSecond, double deviation)
      implements Outcome {}

  record Absent(ExecutionProvider provider, String why) implements Outcome {}

  private ProvidersWork(Path graph, ModelSpec spec, float[] rows) {
    this.graph = graph;
    this.spec = spec;
    this.rows = rows;
  }

  /**
   * @param folder gets the graph
   */
  static ProvidersWork open(Path folder, int maxBatch) throws IOException, UnfitException {
    History normal = new VibratingPump(1, 0, List.of()).next(BURSTS);
    var wish =
        new Wish(
            "waveform",
            "1.0.0",
            List.of(new Selector(VibratingPump.SERIES.path())),
            Optional.empty());
    Fitted fitted = WaveformRecipe.STANDARD.fit(wish, normal);
    Path graph = Files.write(folder.resolve("model.onnx"), fitted.graph());
    ModelSpec spec = BundleModels.spec(fitted.manifest());
    var large =
        new ModelSpec(
            spec.input(),
            spec.rowShape(),
            spec.output(),
            spec.outputs(),
            new ModelLimits(maxBatch, PATIENCE, MEMORY));
    return new ProvidersWork(graph, large, noise(maxBatch * spec.rowLength()));
  }

  private static float[] noise(int length) {
    var random = new SplittableRandom(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /**
   * @param nanos of each batch size, after as long a warm-up
   * @param reference what {@link #reference} gave
   */
  Outcome on(ExecutionProvider provider, List<Integer> batches, long nanos, float[] reference)
      throws IOException, ModelRefusedException, ScoringException {
    RuntimeSettings defaults = RuntimeSettings.defaults();
    ScoringRuntime runtime;
    try {
      runtime = ScoringRuntime.open(defaults.with(defaults.threads(), List.of(provider)));
    } catch (RuntimeUnavailableException e) {
      return new Absent(provider, String.valueOf(e.getMessage()));
    }
    try (Scorer model = runtime.load(graph, spec)) {
      double deviation = deviation(scores(model), reference);
      List<Double> rates = batches.stream().map(batch -> rate(model, batch, nanos)).toList();
      return new Measured(provider, rates, deviation);
    }
  }

  /** Of all rows, by the processor. */
  float[] reference() throws Exception {
    RuntimeSettings defaults = RuntimeSettings.defaults();
    try (Scorer model =
        ScoringRuntime.open(defaults.with(defaults.threads(), List.of(ExecutionProvider.CPU)))
            .load(graph, spec)) {
      return scores(model);
    }
  }

  private float[] scores(Scorer model) throws ScoringException {
    return model.score(rows, spec.limits().maxBatch());
  }

  /** Relative to the score, or to the threshold of 1 where the score is below it. */
  private static double deviation(float[] scores, float[] expected) {
    double greatest = 0;
    for (int i = 0; i < scores.length; i++) {
      double off = Math.abs(scores[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      greatest = Math.max(greatest, off);
    }
    return greatest;
  }

  /** Rows a second. */
  private double rate(Scorer model, int batch, long nanos) {
    calls(model, batch, nanos);
    return calls(model, batch, nanos);
  }

  private double calls(Scorer model, int batch, long nanos) {
    long start = System.nanoTime();
    long scored = 0;
    try {
      while (System.nanoTime() - start < nanos) {
        model.score(rows, batch);
        scored += batch;
      }
    } catch (ScoringException e) {
      throw new IllegalStateException("the model fails at " + batch + " rows", e);
    }
    return scored * 1e9 / (System.nanoTime() - start);
  }
}
