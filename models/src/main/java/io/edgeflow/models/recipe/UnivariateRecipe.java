package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.fit.LeastSquares;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A detector for any series: an autoregressive forecast from the last samples, fitted so that wild
 * samples count little, and what is normal of its residual, of the level and of the movement. Each
 * series that matches is scored on its own, by one forecast in units of its own spread.
 *
 * @param length samples in the window
 */
public record UnivariateRecipe(int length) implements Recipe {
  private static final int LAGS = 8;
  private static final int CALM_SAMPLES = 24;
  private static final int ROUNDS = 4;
  private static final int FEWEST_ROWS = 500;

  /** How far beyond the 99th percentile the normal ends, from the median. */
  private static final double JUMP_REACH = 2.5;

  private static final double LEVEL_REACH = 2;
  private static final double CALM_REACH = 2.5;

  /** So much calmer than the median is as calm as can be. */
  private static final double CALMEST = 100;

  /** Whose normal movement includes as much calm may stand still. */
  private static final double MAY_REST = 50;

  /** Below this part of the spread no jump is worth a word: the last digit of a sensor. */
  private static final double LEAST_JUMP = 0.05;

  /** Where errors begin to count less, in spreads of the residual. */
  private static final double HUBER = 1.5;

  public static final UnivariateRecipe STANDARD = new UnivariateRecipe(64);

  private static final List<Input.Statistic> OF_MINUTES = List.of(Input.Statistic.MEAN);

  private static final String DESCRIPTION =
      "Tells jumps, unusual levels and stand-still of one series. The score is the greatest of"
          + " three parts, each 1 where the normal ends: the newest value against an"
          + " autoregressive forecast, the window's mean, and the lack of movement.";

  private static final List<Output> OUTPUTS =
      List.of(
          Manifests.output("score", "the greatest of the others"),
          Manifests.output("jump", "newest value against its forecast, 1 where the normal ends"),
          Manifests.output("level", "mean of the window, 1 where the normal ends"),
          Manifests.output("stuck", "lack of movement, 1 where the normal ends"));

  public UnivariateRecipe {
    if (length < 2 * CALM_SAMPLES) {
      throw new IllegalArgumentException("a window of " + length + " samples is too short");
    }
  }

  @Override
  public Fitted fit(Wish wish, Past past) throws UnfitException {
    if (wish.series().size() != 1) {
      throw new UnfitException("this recipe takes one series, or one pattern such as pump-*/flow");
    }
    Selector wished = wish.series().getFirst();
    Past own = past.only(wished::matches);
    var survey = new Survey(own, OF_MINUTES);
    List<SeriesName> names = survey.matching(wished);
    Manifest manifest =
        switch (past) {
          case History _ -> ofReadings(wish, wished, survey.interval(names));
          case Minutes _ -> ofMinutes(wish, DevicePoint.of(wished));
        };
    Selector selector = manifest.input().selectors().getFirst();
    Parameters parameters = survey.ownScalings(manifest, selector, names);
    List<float[]> rows = TrainingRows.of(manifest, parameters, own);
    if (rows.size() < FEWEST_ROWS) {
      throw new UnfitException(
          "%d windows of %d %s without a gap; at least %d are needed"
              .formatted(
                  rows.size(),
                  length,
                  past instanceof Minutes ? "minutes" : "samples",
                  FEWEST_ROWS));
    }
    UnivariateModel model = model(rows);
    return new Fitted(manifest, parameters, model.graph(), model, rows.size());
  }

  private Manifest ofReadings(Wish wish, Selector selector, Duration interval) {
    Duration sample = wish.period().orElse(interval);
    Duration longer = sample.compareTo(interval) > 0 ? sample : interval;
    return Manifests.of(
        wish,
        DESCRIPTION,
        List.of(),
        new Input.SlidingWindow(selector, length, 1),
        Manifests.preparation(
            wish.period().map(Manifests::every).orElseGet(Manifests::everyReading),
            Survey.maxGap(longer)),
        OUTPUTS);
  }

  /** Single readings do not show in the mean of a minute, but level, drift and rest do. */
  private Manifest ofMinutes(Wish wish, DevicePoint one) {
    return Manifests.of(
        wish,
        "Of the means of minutes. " + DESCRIPTION,
        one.devices(),
        new Input.MinuteFeatures(List.of(one.point()), OF_MINUTES, length, 1),
        Manifests.ofMinutes(),
        OUTPUTS);
  }

  private UnivariateModel model(List<float[]> rows) {
    UnivariateModel forecast = forecast(rows);
    double[] jumps = of(rows, row -> Math.abs(forecast.residual(row)));
    double[] levels = of(rows, row -> Math.abs(UnivariateModel.mean(row)));
    double[] movements = of(rows, row -> UnivariateModel.movement(row, CALM_SAMPLES));
    double usual = Robust.median(movements);
    double floor = usual > 0 ? usual / CALMEST : 1;
    double[] calm = of(rows, row -> calm(row, usual, floor));
    double calmBound = Math.max(3, Robust.bound(calm, CALM_REACH));
    boolean rests = usual <= 0 || calmBound > MAY_REST;
    return new UnivariateModel(
        forecast.kernel(),
        forecast.offset(),
        Math.max(LEAST_JUMP, Robust.bound(jumps, JUMP_REACH)),
        Math.max(LEAST_JUMP, Robust.bound(levels, LEVEL_REACH)),
        CALM_SAMPLES,
        rests ? 0 : usual / calmBound,
        floor);
  }

  private static double calm(float[] row, double usual, double floor) {
    return usual / (UnivariateModel.movement(row, CALM_SAMPLES) + floor);
  }

  /** Least squares, anew with less weight for what was missed by far. */
  private UnivariateModel forecast(List<float[]> rows) {
    double[] coefficients = new double[LAGS + 1];
    double[] factors = new double[LAGS + 1];
    factors[LAGS] = 1;
    double far = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      var equations = new LeastSquares(LAGS + 1);
      for (float[] row : rows) {
        double missed = Math.abs(kernel(coefficients).residual(row));
        for (int lag = 0; lag < LAGS; lag++) {
          factors[lag] = row[length - 2 - lag];
        }
        equations.add(factors, row[length - 1], missed <= far ? 1 : far / missed);
      }
      coefficients = equations.solve();
      UnivariateModel now = kernel(coefficients);
      far = HUBER * Math.max(LEAST_JUMP, Robust.spread(of(rows, now::residual)));
    }
    return kernel(coefficients);
  }

  private UnivariateModel kernel(double[] coefficients) {
    double[] kernel = new double[length];
    kernel[length - 1] = 1;
    for (int lag = 0; lag < LAGS; lag++) {
      kernel[length - 2 - lag] = -coefficients[lag];
    }
    return new UnivariateModel(kernel, coefficients[LAGS], 1, 1, CALM_SAMPLES, 0, 1);
  }

  private static double[] of(List<float[]> rows, ToDoubleFunction<float[]> what) {
    return rows.stream().mapToDouble(what).toArray();
  }
}
