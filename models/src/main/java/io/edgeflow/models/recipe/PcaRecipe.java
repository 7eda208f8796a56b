package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Resampling;
import io.edgeflow.inference.bundle.Scaling;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.fit.Eigen;
import io.edgeflow.models.fit.Moments;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A detector for a machine with several sensors that normally move together: principal components
 * of their latest values, and the distance of a new vector from them.
 *
 * @param explained the part of the variance that the components are to hold, 0 to 1
 */
public record PcaRecipe(double explained) implements Recipe {
  public static final PcaRecipe STANDARD = new PcaRecipe(0.9);

  private static final int FEWEST_ROWS = 500;

  /** How far beyond the 99th percentile the normal ends, from the median. */
  private static final double REACH = 2.5;

  /** The part of the rows that is left out as too unusual to learn from. */
  private static final double TRIMMED = 0.02;

  /** In spreads of a series: what a sensor's last digit may do. */
  private static final double LEAST_BOUND = 0.05;

  private static final double LEAST_VARIANCE = 1e-6;

  private static final List<Input.Statistic> OF_MINUTES =
      List.of(Input.Statistic.MEAN, Input.Statistic.MIN, Input.Statistic.MAX);

  private static final String DESCRIPTION =
      "Tells when the sensors of a machine do not fit together as they did. The score is the"
          + " greater of two parts, each 1 where the normal ends: the root of the squared"
          + " prediction error of a principal component analysis, and the distance along its"
          + " components.";

  private static final List<Output> OUTPUTS =
      List.of(
          Manifests.output("score", "the greater of the others"),
          Manifests.output("error", "what the components leave unexplained, 1 where normal ends"),
          Manifests.output("distance", "how far out along the components, 1 where normal ends"));

  public PcaRecipe {
    if (!(explained > 0 && explained < 1)) {
      throw new IllegalArgumentException("components that hold " + explained + " of the variance");
    }
  }

  @Override
  public Fitted fit(Wish wish, Past past) throws UnfitException {
    if (wish.series().size() < 2) {
      throw new UnfitException("this recipe takes two series or more, such as {device}/flow");
    }
    Past own = past.only(name -> wish.series().stream().anyMatch(one -> one.matches(name)));
    var survey = new Survey(own, OF_MINUTES);
    List<SeriesName> names = new ArrayList<>();
    for (Selector selector : wish.series()) {
      names.addAll(survey.matching(selector));
    }
    Manifest manifest =
        switch (past) {
          case History _ -> ofReadings(wish, survey.interval(names));
          case Minutes _ -> ofMinutes(wish);
        };
    Parameters parameters = parameters(manifest, survey);
    List<float[]> rows = TrainingRows.of(manifest, parameters, own);
    if (rows.size() < FEWEST_ROWS) {
      throw new UnfitException(
          "%d times at which all %d series are there; at least %d are needed"
              .formatted(rows.size(), wish.series().size(), FEWEST_ROWS));
    }
    PcaModel first = model(rows);
    PcaModel model = model(usual(rows, first)).within(rows);
    return new Fitted(manifest, parameters, model.graph(), model, rows.size());
  }

  private static Manifest ofReadings(Wish wish, Duration interval) throws UnfitException {
    Duration period = wish.period().orElse(interval);
    if (Survey.within(period).isEmpty()) {
      throw new UnfitException("a sample every " + period + "; an hour is the most");
    }
    Duration longer = period.compareTo(interval) > 0 ? period : interval;
    Resampling resampling = Manifests.every(period);
    return Manifests.of(
        wish,
        DESCRIPTION,
        List.of(),
        new Input.LatestVector(wish.series()),
        Manifests.preparation(resampling, Survey.maxGap(longer)),
        OUTPUTS);
  }

  private static Manifest ofMinutes(Wish wish) {
    return Manifests.of(
        wish,
        "Of mean, least and greatest value of minutes. " + DESCRIPTION,
        List.of(),
        new Input.MinuteFeatures(wish.series(), OF_MINUTES, 1, 1),
        Manifests.ofMinutes(),
        OUTPUTS);
  }

  private static Parameters parameters(Manifest manifest, Survey survey) throws UnfitException {
    List<Scaling> common = new ArrayList<>();
    Map<String, List<Scaling>> byDevice = new TreeMap<>();
    for (Selector selector : manifest.input().selectors()) {
      List<SeriesName> names = survey.matching(selector);
      common.addAll(survey.scalings(names));
      if (selector.perDevice()) {
        names.forEach(name -> byDevice.putIfAbsent(name.device(), new ArrayList<>()));
      }
    }
    Map<String, Parameters.Local> locals = new LinkedHashMap<>();
    if (byDevice.size() > 1) {
      for (String device : byDevice.keySet()) {
        locals.put(device, new Parameters.Local(ofDevice(manifest, device, survey), Map.of()));
      }
    }
    return new Parameters(
        Manifest.SCHEMA, manifest.name(), manifest.version(), common, Map.of(), locals);
  }

  /** What a device lacks is scaled as that of all. */
  private static List<Scaling> ofDevice(Manifest manifest, String device, Survey survey)
      throws UnfitException {
    List<Scaling> own = new ArrayList<>();
    for (Selector selector : manifest.input().selectors()) {
      List<SeriesName> all = survey.matching(selector);
      List<SeriesName> its = all.stream().filter(name -> name.device().equals(device)).toList();
      own.addAll(survey.scalings(selector.perDevice() && !its.isEmpty() ? its : all));
    }
    return own;
  }

  /** Without those that are the least usual by a first model. */
  private static List<float[]> usual(List<float[]> rows, PcaModel first) {
    double[] scores = rows.stream().mapToDouble(row -> first.score(row)[0]).toArray();
    double most = Robust.quantile(scores, 1 - TRIMMED);
    return rows.stream().filter(row -> first.score(row)[0] <= most).toList();
  }

  private PcaModel model(List<float[]> rows) {
    int n = rows.getFirst().length;
    double[] mean = Moments.mean(rows);
    Eigen eigen = Eigen.of(Moments.covariance(rows, mean));
    int kept = kept(eigen.values());
    double[][] residual = new double[n][n];
    double[][] along = new double[n][kept];
    for (int i = 0; i < n; i++) {
      residual[i][i] = 1;
      for (int k = 0; k < kept; k++) {
        double[] direction = eigen.vectors()[k];
        along[i][k] = direction[i] / Math.sqrt(Math.max(LEAST_VARIANCE, eigen.values()[k]));
        for (int j = 0; j < n; j++) {
          residual[i][j] -= direction[i] * direction[j];
        }
      }
    }
    return new PcaModel(
            new Distance(residual, Moments.minus(mean, residual), 1),
            new Distance(along, Moments.minus(mean, along), 1))
        .within(rows);
  }

  /** As few as hold the wanted part, and never all: something must be left to be unexpected. */
  private int kept(double[] variances) {
    double total = 0;
    for (double one : variances) {
      total += Math.max(0, one);
    }
    double held = 0;
    int kept = 0;
    while (kept < variances.length - 1 && (kept == 0 || held < explained * total)) {
      held += Math.max(0, variances[kept++]);
    }
    return kept;
  }

  /** What is normal of a measure of these rows ends there. */
  static double bound(double[] measured) {
    return Math.max(LEAST_BOUND, Robust.bound(measured, REACH));
  }
}
