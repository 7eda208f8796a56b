package io.edgeflow.models.pump;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.PcaRecipe;
import io.edgeflow.models.recipe.Recipe;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.recipe.UnivariateRecipe;
import io.edgeflow.models.recipe.Wish;
import io.edgeflow.models.replay.Alarm;
import io.edgeflow.models.replay.BundleRefusedException;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.models.replay.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Fits the recipes to some days of a simulated pump without faults and counts what they find on
 * later days, of another seed, with faults. What is scored are the bundles, as an edge would.
 */
public final class QualityTrial {
  private static final String VERSION = "1.0.0";

  private final ScoringRuntime runtime;
  private final Path folder;
  private final long seed;
  private final int heldBackDays;
  private final Past training;
  private final Past heldBack;
  private final String grain;
  private final List<Fault> faults;
  private final long startMicros;

  /**
   * @param folder for the bundles
   * @param seed of everything that is random
   */
  public QualityTrial(
      ScoringRuntime runtime, Path folder, long seed, int trainingDays, int heldBackDays) {
    this.runtime = runtime;
    this.folder = folder;
    this.seed = seed;
    this.heldBackDays = heldBackDays;
    this.training = new SimulatedPump(seed, 0).readings(trainingDays, List.of());
    this.startMicros = TimeUnit.DAYS.toMicros(trainingDays);
    this.faults = Fault.plan(seed + 1, heldBackDays);
    this.heldBack = new SimulatedPump(seed + 2, startMicros).readings(heldBackDays, faults);
    this.grain = "";
  }

  private QualityTrial(QualityTrial other, Past training, Past heldBack, String grain) {
    this.runtime = other.runtime;
    this.folder = other.folder;
    this.seed = other.seed;
    this.heldBackDays = other.heldBackDays;
    this.startMicros = other.startMicros;
    this.faults = other.faults;
    this.training = training;
    this.heldBack = heldBack;
    this.grain = grain;
  }

  /** The same days and faults, of which only minutes are known. */
  public QualityTrial ofMinutes() {
    return new QualityTrial(
        this, Minutes.of(training.asReadings()), Minutes.of(heldBack.asReadings()), "-minutes");
  }

  /** A univariate model for each sensor, their alarms together. */
  public Quality univariate() throws Exception {
    List<Alarm> alarms = new ArrayList<>();
    for (String point : SimulatedPump.POINTS) {
      Selector series = new Selector(SimulatedPump.DEVICE + "/" + point);
      alarms.addAll(alarms(UnivariateRecipe.STANDARD, "univariate-" + point, List.of(series)));
    }
    return Quality.of(faults, alarms, startMicros, heldBackDays);
  }

  /** One model for the machine. */
  public Quality pca() throws Exception {
    List<Selector> all =
        SimulatedPump.POINTS.stream().map(point -> new Selector("{device}/" + point)).toList();
    List<Alarm> alarms = alarms(PcaRecipe.STANDARD, "pca", all);
    return Quality.of(faults, alarms, startMicros, heldBackDays);
  }

  public long seed() {
    return seed;
  }

  private List<Alarm> alarms(Recipe recipe, String name, List<Selector> series)
      throws UnfitException,
          IOException,
          BundleRefusedException,
          ModelRefusedException,
          ScoringException {
    Path bundle = folder.resolve(name + grain);
    var wish = new Wish(name, VERSION, series, Optional.empty());
    BundleWriter.write(bundle, recipe.fit(wish, training), training);
    try (OpenBundle open = OpenBundle.open(bundle, runtime)) {
      return Replay.run(open, heldBack, (subject, timeMicros, scores, offset) -> {}).stream()
          .flatMap(outcome -> outcome.alarms().stream())
          .toList();
    }
  }
}
