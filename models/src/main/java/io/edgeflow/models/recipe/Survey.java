package io.edgeflow.models.recipe;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Scaling;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.fit.Robust;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a first look at each series tells: where it lies, how far it spreads, how often it came. */
final class Survey {
  /** A spread below this part of the median is taken for a series that stands still. */
  private static final double STANDS_STILL = 1e-6;

  private static final int FEWEST = 100;

  private static final Comparator<SeriesName> BY_NAME = Comparator.comparing(SeriesName::path);

  private final int columns;
  private final Map<SeriesName, Past.Looked> looked = new TreeMap<>(BY_NAME);

  /**
   * @param statistics to look at, where there are only minutes
   */
  Survey(Past past, List<Input.Statistic> statistics) {
    this.columns = past instanceof Minutes ? statistics.size() : 1;
    past.look(statistics)
        .forEach(
            (name, one) -> {
              // Series with fewer good readings tell nothing.
              if (one.columns()[0].length >= FEWEST) {
                looked.put(name, one);
              }
            });
  }

  /** Those that a selector means, of which there are enough readings. */
  List<SeriesName> matching(Selector selector) throws UnfitException {
    List<SeriesName> found = looked.keySet().stream().filter(selector::matches).toList();
    if (found.isEmpty()) {
      throw new UnfitException(
          "no series "
              + selector
              + " with "
              + FEWEST
              + " good readings or minutes of them, or more");
    }
    return found;
  }

  /** The typical time between two readings of the slowest of some series, at least 1 ms. */
  Duration interval(List<SeriesName> names) {
    double slowest =
        names.stream().mapToDouble(name -> known(name).intervalMicros()).max().orElse(0);
    return Duration.ofMillis(Math.max(1, Math.round(slowest / 1_000)));
  }

  private Past.Looked known(SeriesName name) {
    return Objects.requireNonNull(looked.get(name), "not surveyed");
  }

  /** Of several series taken together, or of one: a scaling for each column. */
  List<Scaling> scalings(List<SeriesName> names) {
    return IntStream.range(0, columns)
        .mapToObj(
            column ->
                scaling(
                    names.stream()
                        .flatMapToDouble(name -> Arrays.stream(known(name).columns()[column]))
                        .toArray()))
        .toList();
  }

  /** Parameters where each series is scored on its own: in units of its own spread. */
  Parameters ownScalings(Manifest manifest, Selector selector, List<SeriesName> names) {
    Map<String, Parameters.Local> locals = new LinkedHashMap<>();
    if (names.size() > 1) {
      for (SeriesName name : names) {
        String subject = selector.perDevice() ? name.device() : name.path();
        locals.put(subject, new Parameters.Local(scalings(List.of(name)), Map.of()));
      }
    }
    return new Parameters(
        Manifest.SCHEMA, manifest.name(), manifest.version(), scalings(names), Map.of(), locals);
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
