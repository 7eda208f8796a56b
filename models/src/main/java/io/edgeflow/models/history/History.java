package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Readings in order of time.
 *
 * @param readings of any number of series
 */
public record History(List<GoldenReading> readings) {
  public History {
    readings = List.copyOf(readings);
  }

  /** Of readings in any order. */
  public static History of(Collection<GoldenReading> readings) {
    return new History(
        readings.stream().sorted(Comparator.comparingLong(GoldenReading::timeMicros)).toList());
  }

  public boolean isEmpty() {
    return readings.isEmpty();
  }

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

  /** From the first to the last reading, in microseconds. */
  public long lengthMicros() {
    return readings.isEmpty()
        ? 0
        : readings.getLast().timeMicros() - readings.getFirst().timeMicros();
  }
}
