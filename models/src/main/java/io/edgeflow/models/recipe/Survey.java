package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Scaling;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.History;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a first look at each series tells: where it lies, how far it spreads, how often it came. */
final class Survey {
  /** A spread below this part of the median is taken for a series that stands still. */
  private static final double STANDS_STILL = 1e-6;

  private static final int FEWEST = 100;

  private static final Comparator<SeriesName> BY_NAME = Comparator.comparing(SeriesName::path);

  private final Map<SeriesName, double[]> values = new TreeMap<>(BY_NAME);
  private final Map<SeriesName, Double> intervals = new TreeMap<>(BY_NAME);

  Survey(History history) {
    history.bySeries().forEach(this::look);
  }

  /** Series with fewer good readings tell nothing. */
  private void look(SeriesName name, List<GoldenReading> readings) {
    double[] good =
        readings.stream()
            .filter(one -> one.quality().carriesValue() && Double.isFinite(one.value()))
            .mapToDouble(GoldenReading::value)
            .toArray();
    if (good.length < FEWEST) {
      return;
    }
    double[] apart = new double[readings.size() - 1];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = readings.get(i + 1).timeMicros() - readings.get(i).timeMicros();
    }
    values.put(name, good);
    intervals.put(name, Robust.median(apart));
  }

  /** Those that a selector means, of which there are enough readings. */
  List<SeriesName> matching(Selector selector) throws UnfitException {
    List<SeriesName> found = values.keySet().stream().filter(selector::matches).toList();
    if (found.isEmpty()) {
      throw new UnfitException(
          "no series " + selector + " with " + FEWEST + " good readings or more");
    }
    return found;
  }

  /** The typical time between two readings of the slowest of some series, at least 1 ms. */
  Duration interval(List<SeriesName> names) {
    double slowest =
        names.stream().mapToDouble(name -> intervals.getOrDefault(name, 0.0)).max().orElse(0);
    return Duration.ofMillis(Math.max(1, Math.round(slowest / 1_000)));
  }

  Scaling scaling(SeriesName name) {
    return scaling(Objects.requireNonNull(values.get(name), "not surveyed"));
  }

  /** Of several series taken together. */
  Scaling scaling(List<SeriesName> names) {
    return scaling(
        names.stream()
            .flatMapToDouble(name -> Arrays.stream(values.getOrDefault(name, new double[0])))
            .toArray());
  }

  private static Scaling scaling(double[] values) {
    double centre = Robust.median(values);
    double least = Math.max(Math.abs(centre) * STANDS_STILL, 1e-12);
    double spread = Robust.spread(values);
    // Most values the same: what the others do is all there is to see.
    return new Scaling(centre, Math.max(least, spread > least ? spread : deviation(values)));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  /** The longest time that is bridged: ten readings long, within what a manifest allows. */
  static Duration maxGap(Duration interval) {
    Duration ten = interval.multipliedBy(10);
    return ten.compareTo(Duration.of(1, ChronoUnit.DAYS)) > 0 ? Duration.ofDays(1) : ten;
  }

  static Optional<Duration> within(Duration period) {
    boolean fits = !period.isZero() && period.compareTo(Duration.ofHours(1)) <= 0;
    return fits ? Optional.of(period) : Optional.empty();
  }
}
