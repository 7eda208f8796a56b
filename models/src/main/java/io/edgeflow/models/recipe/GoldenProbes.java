package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.Golden;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.golden.GoldenRecorder;
import io.edgeflow.inference.golden.GoldenVector;
import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Golden vectors of a fitted model: the end of the training readings as they are, and the same with
 * a jump, with a sensor that is stuck, and with a bad reading. What they expect is what the
 * reference says, not the graph.
 */
final class GoldenProbes {
  private static final int SUBJECTS = 3;

  /** Rows in a vector, about. */
  private static final int ROWS = 20;

  /** Of all vectors; a bundle may have some more. */
  private static final long MOST_READINGS = 66_000;

  /** Samples in a vector of a window, where a row has fewer. */
  private static final int MOST_OF_ONE = 3_500;

  private static final double ABSOLUTE = 1e-3;
  private static final double RELATIVE = 1e-3;
  private static final double JUMP_SPREADS = 30;

  private final Manifest manifest;
  private final Parameters parameters;
  private final ScoreFunction model;
  private final History history;
  private final GoldenRecorder recorder;

  GoldenProbes(Manifest manifest, Parameters parameters, ScoreFunction model, History history) {
    this.manifest = manifest;
    this.parameters = parameters;
    this.model = model;
    this.history =
        history.only(
            name -> manifest.input().selectors().stream().anyMatch(one -> one.matches(name)));
    this.recorder = new GoldenRecorder(manifest, parameters);
  }

  Golden record() throws UnfitException {
    Map<String, Long> lastRows = lastRows();
    if (lastRows.isEmpty()) {
      throw new UnfitException(
          "the readings make no row of %d values, so there are no golden vectors of them"
              .formatted(manifest.input().rowLength()));
    }
    List<GoldenVector> vectors = new ArrayList<>();
    long left = MOST_READINGS;
    for (Map.Entry<String, Long> subject : lastRows.entrySet()) {
      List<GoldenReading> end = end(subject.getKey(), subject.getValue());
      if (vectors.size() == SUBJECTS * Probe.values().length
          || (!vectors.isEmpty() && end.size() * (long) Probe.values().length > left)) {
        break;
      }
      List<GoldenVector> made = of(subject.getKey(), end, subject.getValue(), left / end.size());
      vectors.addAll(made);
      left -= (long) made.size() * end.size();
    }
    return new Golden(Manifest.SCHEMA, manifest.name(), vectors);
  }

  /**
   * @param most vectors, of very long windows not of every probe
   */
  private List<GoldenVector> of(
      String subject, List<GoldenReading> end, long lastRowMicros, long most)
      throws UnfitException {
    SeriesName changed =
        end.stream()
            .map(GoldenReading::series)
            .filter(name -> subject.equals(name.path()) || subject.equals(name.device()))
            .findFirst()
            .orElseThrow(() -> new UnfitException("no readings of " + subject));
    List<GoldenVector> vectors = new ArrayList<>();
    for (Probe probe : Probe.values()) {
      if (vectors.size() >= most) {
        break;
      }
      try {
        vectors.add(
            recorder.record(
                subject + ": " + probe.words,
                subject,
                probe.of(end, changed, lastThatCounts(end, changed, lastRowMicros)),
                model,
                ABSOLUTE,
                RELATIVE));
      } catch (Exception noRows) {
        throw new UnfitException(
            "the last readings of " + subject + " make no golden vector: " + noRows.getMessage());
      }
    }
    return vectors;
  }

  /** The last reading of a series that the last row is made of: of a minute not its end. */
  private int lastThatCounts(List<GoldenReading> end, SeriesName changed, long lastRowMicros) {
    boolean minutes = manifest.input() instanceof Input.MinuteFeatures;
    int at = end.size() - 1;
    while (at > 0
        && !(end.get(at).series().equals(changed)
            && (!minutes || end.get(at).timeMicros() < lastRowMicros))) {
      at--;
    }
    return at;
  }

  /** As many readings before the last row as make some rows. */
  private List<GoldenReading> end(String subject, long lastRowMicros) {
    List<GoldenReading> before =
        history.readings().stream()
            .filter(one -> one.timeMicros() <= lastRowMicros && isOf(subject, one.series()))
            .toList();
    long series = before.stream().map(GoldenReading::series).distinct().count();
    int stride = manifest.input() instanceof Input.SlidingWindow window ? window.stride() : 1;
    int length = manifest.input().rowLength() / columns();
    // Whole strides, so that the last reading makes a row.
    long rows = Math.clamp((MOST_OF_ONE - length) / stride, 0, ROWS);
    long samples = (length + rows * stride) * perSample();
    int wanted = (int) Math.min(before.size(), samples * series);
    return before.subList(before.size() - wanted, before.size());
  }

  private boolean isOf(String subject, SeriesName name) {
    if (subject.equals(name.path()) || subject.equals(name.device())) {
      return true;
    }
    return manifest.input().selectors().stream()
        .anyMatch(one -> !one.perDevice() && !one.wild() && one.matches(name));
  }

  private int columns() {
    return manifest.input().columns().size();
  }

  /** How many readings of a series there are in a sample of the grid. */
  private int perSample() {
    long period = periodMicros();
    if (period == 0) {
      return 1;
    }
    double most = 1;
    for (List<GoldenReading> readings : history.bySeries().values()) {
      most = Math.max(most, (double) period * readings.size() / Math.max(1, span(readings)));
    }
    return (int) Math.ceil(most);
  }

  /** Of the grid; 0 if there is none. */
  private long periodMicros() {
    return manifest.input() instanceof Input.MinuteFeatures
        ? Minute.MICROS
        : manifest.preparation().resampling().periodMicros();
  }

  private static long span(List<GoldenReading> readings) {
    return readings.getLast().timeMicros() - readings.getFirst().timeMicros();
  }

  /** When each subject had its last row: there is no use in readings that make none. */
  private Map<String, Long> lastRows() {
    Map<String, Long> last = new TreeMap<>();
    history.prepare(
        manifest,
        parameters,
        subject ->
            new RowSink() {
              @Override
              public void row(long timeMicros, float[] row, Quality quality, int filled) {
                last.put(subject, timeMicros);
              }

              @Override
              public void withheld(long timeMicros, Withheld why) {}
            },
        () -> {});
    return last;
  }

  /** What is done to the readings of one series. */
  private enum Probe {
    AS_IT_WAS("as it was"),
    JUMP("a jump"),
    STUCK("a stuck sensor"),
    BAD("a bad reading");

    private final String words;

    Probe(String words) {
      this.words = words;
    }

    List<GoldenReading> of(List<GoldenReading> readings, SeriesName changed, int at) {
      double[] values =
          readings.stream()
              .filter(one -> one.series().equals(changed))
              .mapToDouble(GoldenReading::value)
              .filter(Double::isFinite)
              .toArray();
      double first = values[0];
      double jump = JUMP_SPREADS * Math.max(Robust.spread(values), Math.abs(first) * 1e-3);
      List<GoldenReading> made = new ArrayList<>();
      for (int i = 0; i < readings.size(); i++) {
        GoldenReading one = readings.get(i);
        made.add(one.series().equals(changed) ? of(one, i == at, first, jump) : one);
      }
      return made;
    }

    private GoldenReading of(GoldenReading one, boolean last, double first, double jump) {
      return switch (this) {
        case AS_IT_WAS -> one;
        case JUMP -> last ? with(one, one.value() + jump, one.quality()) : one;
        case STUCK -> one.quality().carriesValue() ? with(one, first, one.quality()) : one;
        case BAD -> last ? with(one, Double.NaN, Quality.BAD) : one;
      };
    }

    private static GoldenReading with(GoldenReading one, double value, Quality quality) {
      return new GoldenReading(one.series(), one.timeMicros(), value, quality);
    }
  }
}
