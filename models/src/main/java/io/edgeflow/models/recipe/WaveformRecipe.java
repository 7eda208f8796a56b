package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.bundle.Tensors;
import io.edgeflow.models.fit.Eigen;
import io.edgeflow.models.fit.Moments;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Past;
import io.edgeflow.process.settings.ByteSize;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A detector for a fast waveform, such as the vibration of a bearing: convolutions with fixed
 * kernels at several dilations, as in Rocket and MiniRocket (Dempster et al., arXiv:1910.13051 and
 * arXiv:2012.08791), but pooled to logarithms of power and of maxima, because there is only one
 * class to learn, the normal one: their distance from the normal ones, in the directions and by the
 * amounts in which those differ, is the score.
 *
 * @param length samples in a window
 * @param stride new samples from window to window
 * @param kernels at each dilation
 */
public record WaveformRecipe(int length, int stride, int kernels) implements Recipe {
  public static final WaveformRecipe STANDARD = new WaveformRecipe(1_024, 256, 16);

  private static final List<Integer> DILATIONS = List.of(1, 2, 4, 8);

  /** Which kernels are chosen. Another one makes other models of equal quality. */
  private static final long SEED = 2021;

  private static final int FEWEST_ROWS = 300;

  /** How far beyond the 99th percentile the normal ends, from the median. */
  private static final double REACH = 2.5;

  private static final double TRIMMED = 0.02;
  private static final int ROUNDS = 2;

  /** Of the mean variance, added to each: directions that never varied must not decide. */
  private static final double RIDGE = 0.05;

  private static final double LEAST_SPREAD = 1e-3;

  private static final String DESCRIPTION =
      "Tells unusual vibration. The score is the greater of two parts, each 1 where the normal"
          + " ends: how strongly and how high fixed convolutions answer to the window, as a"
          + " distance from their normal answers.";

  private static final List<Output> OUTPUTS =
      List.of(
          Manifests.output("score", "the greater of the others"),
          Manifests.output("power", "how strong which frequencies are, 1 where the normal ends"),
          Manifests.output("peaks", "how high single impulses are, 1 where the normal ends"));

  @Override
  public Fitted fit(Wish wish, Past past) throws UnfitException {
    if (wish.series().size() != 1) {
      throw new UnfitException("this recipe takes one series, or one pattern such as pump-*/raw");
    }
    if (!(past instanceof History)) {
      throw new UnfitException("a waveform is not to be seen in minutes: it needs every reading");
    }
    Selector selector = wish.series().getFirst();
    Past own = past.only(selector::matches);
    var survey = new Survey(own, List.of());
    List<SeriesName> names = survey.matching(selector);
    Manifest manifest = manifest(wish, selector, survey.interval(names));
    Parameters parameters = survey.ownScalings(manifest, selector, names);
    List<float[]> rows = TrainingRows.of(manifest, parameters, own);
    if (rows.size() < FEWEST_ROWS) {
      throw new UnfitException(
          "%d windows of %d samples without a gap; at least %d are needed"
              .formatted(rows.size(), length, FEWEST_ROWS));
    }
    WaveformModel model = model(rows);
    return new Fitted(manifest, parameters, model.graph(), model, rows.size());
  }

  private Manifest manifest(Wish wish, Selector selector, Duration interval) {
    return Manifests.of(
        wish,
        DESCRIPTION,
        List.of(),
        new Input.SlidingWindow(selector, length, stride),
        Manifests.preparation(
            wish.period().map(Manifests::every).orElseGet(Manifests::everyReading),
            Survey.maxGap(wish.period().filter(p -> p.compareTo(interval) > 0).orElse(interval))),
        new Tensors("input", "output", List.of(1, length)),
        OUTPUTS,
        new Limits(Duration.ofSeconds(1), new ByteSize(256L << 20), 128));
  }

  private WaveformModel model(List<float[]> rows) {
    return new WaveformModel(length, DILATIONS.stream().map(one -> octave(rows, one)).toList());
  }

  private WaveformModel.Octave octave(List<float[]> rows, int dilation) {
    KernelBank bank = KernelBank.of(dilation, kernels, SEED + dilation);
    List<WaveformModel.Pooled> pooled =
        rows.stream().map(row -> WaveformModel.Pooled.of(bank, row)).toList();
    return new WaveformModel.Octave(
        bank,
        distance(pooled.stream().map(WaveformModel.Pooled::power).toList()),
        distance(pooled.stream().map(WaveformModel.Pooled::peaks).toList()));
  }

  /** Mahalanobis' distance, of what is left when the least usual are taken away. */
  private static Distance distance(List<float[]> vectors) {
    int n = vectors.getFirst().length;
    double[] centre = new double[n];
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      int column = i;
      double[] values = vectors.stream().mapToDouble(one -> one[column]).toArray();
      centre[i] = Robust.median(values);
      scale[i] = Math.max(LEAST_SPREAD, Robust.spread(values));
    }
    List<float[]> kept = vectors;
    Distance distance = whitened(kept, centre, scale);
    for (int round = 0; round < ROUNDS; round++) {
      double[] far = vectors.stream().mapToDouble(distance::of).toArray();
      double most = Robust.quantile(far, 1 - TRIMMED);
      kept =
          IntStream.range(0, far.length)
              .filter(i -> far[i] <= most)
              .mapToObj(vectors::get)
              .toList();
      distance = whitened(kept, centre, scale);
    }
    return distance.within(
        Robust.bound(vectors.stream().mapToDouble(distance::of).toArray(), REACH));
  }

  private static Distance whitened(List<float[]> vectors, double[] centre, double[] scale) {
    int n = centre.length;
    List<float[]> scaled = vectors.stream().map(one -> scaled(one, centre, scale)).toList();
    double[] mean = Moments.mean(scaled);
    Eigen eigen = Eigen.of(Moments.covariance(scaled, mean));
    double ridge = RIDGE * Arrays.stream(eigen.values()).average().orElse(0);
    double[][] matrix = new double[n][n];
    double[] middle = new double[n];
    for (int i = 0; i < n; i++) {
      middle[i] = centre[i] + scale[i] * mean[i];
      for (int j = 0; j < n; j++) {
        double size = Math.sqrt(Math.max(0, eigen.values()[j]) + ridge + 1e-12);
        matrix[i][j] = eigen.vectors()[j][i] / (size * scale[i]);
      }
    }
    return new Distance(matrix, Moments.minus(middle, matrix), 1);
  }

  private static float[] scaled(float[] vector, double[] centre, double[] scale) {
    float[] scaled = new float[vector.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) ((vector[i] - centre[i]) / scale[i]);
    }
    return scaled;
  }
}
