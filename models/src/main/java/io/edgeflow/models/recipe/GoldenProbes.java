package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.golden.Golden;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.golden.GoldenRecorder;
import io.edgeflow.inference.golden.GoldenVector;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
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

  private static final double ABSOLUTE = 1e-3;
  private static final double RELATIVE = 1e-3;
  private static final double JUMP_SPREADS = 30;

  private final Fitted fitted;
  private final History history;
  private final GoldenRecorder recorder;

  GoldenProbes(Fitted fitted, History history) {
    this.fitted = fitted;
    this.history =
        history.only(
            name ->
                fitted.manifest().input().selectors().stream().anyMatch(one -> one.matches(name)));
    this.recorder = new GoldenRecorder(fitted.manifest(), fitted.parameters());
  }

  Golden record() throws UnfitException {
    List<GoldenVector> vectors = new ArrayList<>();
    for (Map.Entry<String, Long> subject : lastRows().entrySet()) {
      if (vectors.size() < SUBJECTS * Probe.values().length) {
        vectors.addAll(of(subject.getKey(), subject.getValue()));
      }
    }
    return new Golden(Manifest.SCHEMA, fitted.manifest().name(), vectors);
  }

  private List<GoldenVector> of(String subject, long lastRowMicros) throws UnfitException {
    List<GoldenReading> end = end(subject, lastRowMicros);
    SeriesName changed =
        end.stream()
            .map(GoldenReading::series)
            .filter(name -> subject.equals(name.path()) || subject.equals(name.device()))
            .findFirst()
            .orElseThrow(() -> new UnfitException("no readings of " + subject));
    List<GoldenVector> vectors = new ArrayList<>();
    for (Probe probe : Probe.values()) {
      try {
        vectors.add(
            recorder.record(
                subject + ": " + probe.words,
                subject,
                probe.of(end, changed),
                fitted.reference(),
                ABSOLUTE,
                RELATIVE));
      } catch (Exception noRows) {
        throw new UnfitException(
            "the last readings of " + subject + " make no golden vector: " + noRows.getMessage());
      }
    }
    return vectors;
  }

  /** As many readings before the last row as make some rows. */
  private List<GoldenReading> end(String subject, long lastRowMicros) {
    List<GoldenReading> before =
        history.readings().stream()
            .filter(one -> one.timeMicros() <= lastRowMicros && isOf(subject, one.series()))
            .toList();
    long series = before.stream().map(GoldenReading::series).distinct().count();
    int samples = (fitted.manifest().input().rowLength() / columns() + ROWS) * perSample();
    int wanted = (int) Math.min(before.size(), samples * series);
    return before.subList(before.size() - wanted, before.size());
  }

  private boolean isOf(String subject, SeriesName name) {
    if (subject.equals(name.path()) || subject.equals(name.device())) {
      return true;
    }
    return fitted.manifest().input().selectors().stream()
        .anyMatch(one -> !one.perDevice() && !one.wild() && one.matches(name));
  }

  private int columns() {
    return fitted.manifest().input().columns().size();
  }

  /** How many readings of a series there are in a sample of the grid. */
  private int perSample() {
    long period = fitted.manifest().preparation().resampling().periodMicros();
    if (period == 0) {
      return 1;
    }
    double most = 1;
    for (List<GoldenReading> readings : history.bySeries().values()) {
      most = Math.max(most, (double) period * readings.size() / Math.max(1, span(readings)));
    }
    return (int) Math.ceil(most);
  }

  private static long span(List<GoldenReading> readings) {
    return readings.getLast().timeMicros() - readings.getFirst().timeMicros();
  }

  /** When each subject had its last row: there is no use in readings that make none. */
  private Map<String, Long> lastRows() {
    Map<String, Long> last = new TreeMap<>();
    var subjects =
        new Subjects(
            fitted.manifest(),
            fitted.parameters(),
            subject ->
                new RowSink() {
                  @Override
                  public void row(long timeMicros, float[] row, Quality quality, int filled) {
                    last.put(subject, timeMicros);
                  }

                  @Override
                  public void withheld(long timeMicros, Withheld why) {}
                });
    for (GoldenReading one : history.readings()) {
      subjects.feed(one.series()).accept(one.timeMicros(), one.value(), one.quality());
    }
    return last;
  }

  /** What is done to the readings of one series. */
  private enum Probe {
    AS_TRAINED("as trained"),
    JUMP("a jump"),
    STUCK("a stuck sensor"),
    BAD("a bad reading");

    private final String words;

    Probe(String words) {
      this.words = words;
    }

    List<GoldenReading> of(List<GoldenReading> readings, SeriesName changed) {
      double[] values =
          readings.stream()
              .filter(one -> one.series().equals(changed))
              .mapToDouble(GoldenReading::value)
              .filter(Double::isFinite)
              .toArray();
      double first = values[0];
      double jump = JUMP_SPREADS * Math.max(Robust.spread(values), Math.abs(first) * 1e-3);
      int at = readings.stream().map(GoldenReading::series).toList().lastIndexOf(changed);
      List<GoldenReading> made = new ArrayList<>();
      for (int i = 0; i < readings.size(); i++) {
        GoldenReading one = readings.get(i);
        made.add(one.series().equals(changed) ? of(one, i >= at, first, jump) : one);
      }
      return made;
    }

    private GoldenReading of(GoldenReading one, boolean last, double first, double jump) {
      return switch (this) {
        case AS_TRAINED -> one;
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
