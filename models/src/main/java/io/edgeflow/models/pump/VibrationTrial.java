package io.edgeflow.models.pump;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.WaveformRecipe;
import io.edgeflow.models.recipe.Wish;
import io.edgeflow.models.replay.Alarm;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.models.replay.Replay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fits the recipe for waveforms to the vibration of a simulated pump without faults and counts what
 * it finds later, of another seed, with cavitation and damaged bearings. What is scored is the
 * bundle, as an edge would. Beside it stands the one number that somebody would watch who has no
 * model, with its limit fitted alike: the rms of the steps from sample to sample, which noise of
 * high frequency makes great and turning does not.
 */
public final class VibrationTrial {
  private static final int BURSTS_PER_HOUR = 3_600 / VibratingPump.SECONDS_PER_BURST;
  private static final double REACH = 2.5;

  private final ScoringRuntime runtime;
  private final Path bundle;
  private final long seed;
  private final int trainingHours;
  private final int days;

  /**
   * @param bundle a new folder
   * @param seed of everything that is random
   * @param days held back
   */
  public VibrationTrial(
      ScoringRuntime runtime, Path bundle, long seed, int trainingHours, int days) {
    this.runtime = runtime;
    this.bundle = bundle;
    this.seed = seed;
    this.trainingHours = trainingHours;
    this.days = days;
  }

  /** Of the bundle, and of the one number. */
  public record Measured(Quality waveform, Quality rms) {}

  public Measured run() throws Exception {
    double limit = fit();
    long startMicros = trainingHours * 3_600_000_000L;
    List<Fault> faults = Fault.planOfVibration(seed + 1, days);
    var pump = new VibratingPump(seed + 2, startMicros, faults);
    List<Alarm> found = new ArrayList<>();
    List<Alarm> byRms = new ArrayList<>();
    try (OpenBundle open = OpenBundle.open(bundle, runtime)) {
      for (int hour = 0; hour < 24 * days; hour++) {
        History now = pump.next(BURSTS_PER_HOUR);
        Replay.run(open, now, (subject, timeMicros, scores, offset) -> {})
            .forEach(outcome -> found.addAll(outcome.alarms()));
        byRms.addAll(alarms(now, limit));
      }
    }
    return new Measured(
        Quality.of(faults, found, startMicros, days), Quality.of(faults, byRms, startMicros, days));
  }

  /**
   * @return the limit of the one number
   */
  private double fit() throws Exception {
    History training = new VibratingPump(seed, 0, List.of()).next(trainingHours * BURSTS_PER_HOUR);
    var wish =
        new Wish(
            "waveform",
            "1.0.0",
            List.of(new Selector(VibratingPump.SERIES.path())),
            Optional.empty());
    BundleWriter.write(bundle, WaveformRecipe.STANDARD.fit(wish, training), training);
    int bursts = training.size() / VibratingPump.SAMPLES;
    double[] rms = new double[bursts];
    for (int i = 0; i < bursts; i++) {
      rms[i] = rms(training, i);
    }
    return Robust.bound(rms, REACH);
  }

  private static List<Alarm> alarms(History bursts, double limit) {
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < bursts.size() / VibratingPump.SAMPLES; i++) {
      double rms = rms(bursts, i);
      if (rms > limit) {
        long time = bursts.readings().get((i + 1) * VibratingPump.SAMPLES - 1).timeMicros();
        alarms.add(new Alarm(VibratingPump.SERIES.path(), "rms", time, time, rms));
      }
    }
    return alarms;
  }

  private static double rms(History bursts, int which) {
    int first = which * VibratingPump.SAMPLES;
    double squares = 0;
    for (int i = first + 1; i < first + VibratingPump.SAMPLES; i++) {
      double step = bursts.readings().get(i).value() - bursts.readings().get(i - 1).value();
      squares += step * step;
    }
    return Math.sqrt(squares / (VibratingPump.SAMPLES - 1));
  }
}
