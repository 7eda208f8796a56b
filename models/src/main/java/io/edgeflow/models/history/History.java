package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.models.fit.Robust;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Readings in order of time.
 *
 * @param readings of any number of series
 */
public record History(List<GoldenReading> readings) implements Past {
  public History {
    readings = List.copyOf(readings);
  }

  /** Of readings in any order. */
  public static History of(Collection<GoldenReading> readings) {
    return new History(
        readings.stream().sorted(Comparator.comparingLong(GoldenReading::timeMicros)).toList());
  }

  @Override
  public int size() {
    return readings.size();
  }

  @Override
  public History asReadings() {
    return this;
  }

  @Override
  public History only(Predicate<SeriesName> series) {
    return new History(readings.stream().filter(one -> series.test(one.series())).toList());
  }

  /** Those from a time on and before another, in microseconds since the epoch. */
  public History between(long fromMicros, long toMicros) {
    return new History(
        readings.stream()
            .filter(one -> one.timeMicros() >= fromMicros && one.timeMicros() < toMicros)
            .toList());
  }

  public Map<SeriesName, List<GoldenReading>> bySeries() {
    return readings.stream()
        .collect(
            Collectors.groupingBy(
                GoldenReading::series,
                () -> new TreeMap<>(Comparator.comparing(SeriesName::path)),
                Collectors.toList()));
  }

  @Override
  public Map<SeriesName, Looked> look(List<Input.Statistic> ignored) {
    Map<SeriesName, Looked> looked = new TreeMap<>(Comparator.comparing(SeriesName::path));
    bySeries().forEach((series, own) -> looked.put(series, looked(own)));
    return looked;
  }

  private static Looked looked(List<GoldenReading> readings) {
    double[] good =
        readings.stream()
            .filter(one -> one.quality().carriesValue() && Double.isFinite(one.value()))
            .mapToDouble(GoldenReading::value)
            .toArray();
    double[] apart = new double[readings.size() - 1];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = readings.get(i + 1).timeMicros() - readings.get(i).timeMicros();
    }
    return new Looked(new double[][] {good}, apart.length == 0 ? 0 : Robust.median(apart));
  }

  @Override
  public <X extends Exception> void prepare(
      Manifest manifest, Parameters parameters, Function<String, RowSink> sinks, Step<X> afterEach)
      throws X {
    var subjects = new Subjects(manifest, parameters, sinks);
    for (GoldenReading one : readings) {
      subjects.feed(one.series()).accept(one.timeMicros(), one.value(), one.quality());
      afterEach.run();
    }
  }

  @Override
  public long lengthMicros() {
    return readings.isEmpty()
        ? 0
        : readings.getLast().timeMicros() - readings.getFirst().timeMicros();
  }
}
