package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Preparation;
import io.edgeflow.inference.bundle.QualityRule;
import io.edgeflow.inference.bundle.Resampling;

/**
 * Prepares the rows of one subject: a device, or a series where each is scored on its own.
 *
 * <p>Readings are given one by one, in the order in which they came. Of one series the times must
 * rise: one behind the newest is late, one at the same time a duplicate; both are only counted. On
 * a grid, a reading of a time that is decided is late too, but stands for the times after it.
 *
 * <p>What it has become depends on nothing but these readings. So a new one that is fed with the
 * readings of the last while ({@link #reachMicros()}) goes on exactly as the old one would have;
 * only a stride without a grid may start at another reading.
 *
 * <p>One thread at a time. Nothing is allocated after the constructor.
 */
public final class Preparer {
  private final QualityRule qualities;
  private final ArrivalCounts counts = new ArrivalCounts();
  private final Arrivals arrivals;
  private final Sampler sampler;
  private final int series;
  private final long reachMicros;

  /**
   * @param parameters that fit the manifest ({@link Parameters#faults})
   * @param subject whose scalings are used
   * @throws IllegalArgumentException if the parameters do not fit
   */
  public Preparer(Manifest manifest, Parameters parameters, String subject) {
    Input input = manifest.input();
    Preparation how = manifest.preparation();
    int columns = input.columns().size();
    this.series = input.selectors().size();
    this.qualities = how.quality();
    long maxGap = how.gap().maxGapMicros();
    this.arrivals = new Arrivals(series, maxGap + how.resampling().latenessMicros(), counts);
    var scaler = new Scaler(how.normalisation(), parameters.scalings(subject), columns);
    var rows = new Rows(scaler, columns, input.rowLength() / columns);
    boolean minutes = input instanceof Input.MinuteFeatures;
    boolean grid = minutes || how.resampling().method() != Resampling.Method.NONE;
    int stride = input instanceof Input.SlidingWindow window ? window.stride() : 1;
    if (grid) {
      SampleRule rule = SampleRule.of(manifest);
      this.sampler = new GridSampler(rule, series, stride, rows, arrivals, counts);
      long samples = input.rowLength() / columns + 2L;
      this.reachMicros = samples * rule.periodMicros() + maxGap + rule.latenessMicros();
    } else if (input instanceof Input.SlidingWindow window) {
      this.sampler = new WindowSampler(window.length(), stride, rows, maxGap);
      this.reachMicros = Math.multiplyExact(window.length() + 1L, maxGap);
    } else {
      this.sampler = new VectorSampler(series, how.gap(), rows);
      this.reachMicros = maxGap;
    }
  }

  /**
   * @param index of the selector in the manifest's input that the series fits
   * @param timeMicros when it was measured, in microseconds since the epoch
   * @param value ignored if the quality carries none
   * @param sink called back before this returns
   */
  public void accept(int index, long timeMicros, double value, Quality quality, RowSink sink) {
    if (index < 0 || index >= series) {
      throw new IllegalArgumentException("there is no input " + index);
    }
    QualityRule.Treatment treatment = qualities.of(quality);
    if (treatment == QualityRule.Treatment.SKIP) {
      counts.skipped++;
      return;
    }
    switch (arrivals.arrive(index, timeMicros)) {
      case DROP -> {
        return;
      }
      case RESTART -> sampler.clear();
      case TAKE -> {}
    }
    if (treatment == QualityRule.Treatment.REFUSE) {
      counts.refused++;
      sampler.refuse(index, timeMicros, Withheld.of(quality), sink);
    } else if (!Values.acceptable(value)) {
      // Whatever its quality says: a model has no use for what is no number.
      counts.refused++;
      sampler.refuse(index, timeMicros, Withheld.BAD_QUALITY, sink);
    } else {
      counts.used++;
      sampler.use(index, timeMicros, value, quality, sink);
    }
  }

  /** How many series it takes. */
  public int inputs() {
    return series;
  }

  public ArrivalCounts counts() {
    return counts;
  }

  /**
   * How far before the newest reading that is not skipped those lie that a row may depend on, in
   * microseconds.
   */
  public long reachMicros() {
    return reachMicros;
  }
}
