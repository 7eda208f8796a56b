package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.prepare.RowSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Minutes in order of time: all that a cloud keeps of a series whose single readings it was not
 * sent. Models that look at minutes get the very numbers of them that an edge makes of the
 * readings.
 *
 * @param minutes of any number of series
 */
public record Minutes(List<Minute> minutes) implements Past {
  private static final Comparator<SeriesName> BY_NAME = Comparator.comparing(SeriesName::path);

  public Minutes {
    minutes = List.copyOf(minutes);
  }

  /** Of minutes in any order. */
  public static Minutes of(Collection<Minute> minutes) {
    return new Minutes(
        minutes.stream()
            .sorted(
                Comparator.comparingLong(Minute::startMicros)
                    .thenComparing(Minute::series, BY_NAME))
            .toList());
  }

  /** The minutes that these readings make, the last of each series too. */
  public static Minutes of(History history) {
    List<Minute> minutes = new ArrayList<>();
    history
        .bySeries()
        .forEach(
            (series, readings) -> {
              var windower = new Windower(new WindowRule(Minute.MICROS, 0));
              for (GoldenReading one : readings) {
                windower.fold(0, one.timeMicros(), one.value(), one.quality(), 0);
              }
              windower.all(
                  (ignored, start) -> minutes.add(minute(series, windower.peek(0, start))));
            });
    return of(minutes);
  }

  private static Minute minute(SeriesName series, Window window) {
    return new Minute(
        series,
        window.startMicros(),
        window.count(),
        window.min(),
        window.max(),
        window.mean(),
        window.first(),
        window.last(),
        quality(window));
  }

  private static Quality quality(Window window) {
    if (window.count() == window.stale() + window.bad()) {
      return window.bad() > 0 ? Quality.BAD : Quality.STALE;
    }
    boolean allGood = window.uncertain() + window.stale() + window.bad() == 0;
    return allGood ? Quality.GOOD : Quality.UNCERTAIN;
  }

  /** What a model needs that minutes do not tell; empty if they tell all. */
  public static Optional<String> lacks(Manifest manifest) {
    if (!(manifest.input() instanceof Input.MinuteFeatures features)) {
      return Optional.of("the model looks at single readings");
    }
    return features.statistics().contains(Input.Statistic.STD)
        ? Optional.of("the model looks at the std of minutes")
        : Optional.empty();
  }

  @Override
  public int size() {
    return minutes.size();
  }

  @Override
  public Minutes only(Predicate<SeriesName> series) {
    return new Minutes(minutes.stream().filter(one -> series.test(one.series())).toList());
  }

  @Override
  public long lengthMicros() {
    return minutes.isEmpty()
        ? 0
        : minutes.getLast().startMicros() + Minute.MICROS - minutes.getFirst().startMicros();
  }

  @Override
  public Map<SeriesName, Looked> look(List<Input.Statistic> statistics) {
    Map<SeriesName, Looked> looked = new TreeMap<>(BY_NAME);
    minutes.stream()
        .filter(one -> one.quality().carriesValue())
        .collect(Collectors.groupingBy(Minute::series))
        .forEach(
            (series, good) ->
                looked.put(
                    series,
                    new Looked(
                        statistics.stream()
                            .map(what -> good.stream().mapToDouble(one -> one.of(what)).toArray())
                            .toArray(double[][]::new),
                        Minute.MICROS)));
    return looked;
  }

  @Override
  public <X extends Exception> void prepare(
      Manifest manifest, Parameters parameters, Function<String, RowSink> sinks, Step<X> afterEach)
      throws X {
    lacks(manifest)
        .ifPresent(
            what -> {
              throw new IllegalArgumentException(what);
            });
    var rows = new MinuteRows(manifest, parameters, sinks);
    for (Minute one : minutes) {
      rows.accept(one);
      afterEach.run();
    }
  }

  /** Three readings a minute: the least, the greatest, and one that brings the mean near. */
  @Override
  public History asReadings() {
    List<GoldenReading> readings = new ArrayList<>(3 * minutes.size());
    for (Minute one : minutes) {
      double[] values = {one.min(), 3 * one.mean() - one.min() - one.max(), one.max()};
      values[1] = Math.clamp(values[1], one.min(), one.max());
      for (int i = 0; i < values.length; i++) {
        long time = one.startMicros() + i * Minute.MICROS / values.length;
        boolean valued = one.quality().carriesValue();
        readings.add(
            new GoldenReading(one.series(), time, valued ? values[i] : Double.NaN, one.quality()));
      }
    }
    return History.of(readings);
  }
}
