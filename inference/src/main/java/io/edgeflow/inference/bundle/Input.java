package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Which readings make a row, and how they lie in it. A <em>column</em> is what has one centre and
 * one scale: a series, or one statistic of a series.
 */
public sealed interface Input {
  int MAX_ROW = 65_536;
  int MAX_SERIES = 256;

  /** Selectors of the series, by their index. */
  List<Selector> selectors();

  /** How many values a row has. */
  int rowLength();

  /** What each column is called, in the order of {@link Scaling}s. */
  List<String> columns();

  /**
   * The latest samples of one series, oldest first.
   *
   * @param series with wildcards: each series that matches is scored on its own
   * @param length samples in a row
   * @param stride samples from one row to the next
   */
  record SlidingWindow(
      Selector series,
      @Range(min = "1", max = "65536") int length,
      @Default("1") @Range(min = "1", max = "65536") int stride)
      implements Input {
    public SlidingWindow {
      new Check().that(stride <= length, "stride", "must be at most length").orRefuse();
    }

    @Override
    public List<Selector> selectors() {
      return List.of(series);
    }

    @Override
    public int rowLength() {
      return length;
    }

    @Override
    public List<String> columns() {
      return List.of(series.toString());
    }
  }

  /** The latest value of each of several series, in this order. */
  record LatestVector(List<Selector> series) implements Input {
    public LatestVector {
      checkSeries(new Check(), series).orRefuse();
    }

    @Override
    public List<Selector> selectors() {
      return series;
    }

    @Override
    public int rowLength() {
      return series.size();
    }

    @Override
    public List<String> columns() {
      return series.stream().map(Selector::toString).toList();
    }
  }

  /**
   * Statistics of the latest whole minutes: the oldest minute first, in it series by series, in
   * each statistic by statistic.
   *
   * @param minutes in a row; a row is ready each minute
   * @param minCount a minute with fewer valued readings of a series is a gap of that series
   */
  record MinuteFeatures(
      List<Selector> series,
      List<Statistic> statistics,
      @Default("1") @Range(min = "1", max = "1440") int minutes,
      @Default("1") @Range(min = "1", max = "1000000") int minCount)
      implements Input {
    public MinuteFeatures {
      long row = (long) series.size() * statistics.size() * minutes;
      checkSeries(new Check(), series)
          .that(!statistics.isEmpty(), "statistics", "must name at least one")
          .that(
              new HashSet<>(statistics).size() == statistics.size(),
              "statistics",
              "must be different")
          .that(row <= MAX_ROW, "minutes", "must leave a row with " + MAX_ROW + " values or fewer")
          .orRefuse();
    }

    @Override
    public List<Selector> selectors() {
      return series;
    }

    @Override
    public int rowLength() {
      return minutes * series.size() * statistics.size();
    }

    @Override
    public List<String> columns() {
      return series.stream()
          .flatMap(
              one ->
                  statistics.stream().map(what -> one + " " + what.name().toLowerCase(Locale.ROOT)))
          .toList();
    }
  }

  /** What a minute of one series is reduced to. */
  enum Statistic {
    /** Of valued readings. */
    COUNT,
    MIN,
    MAX,
    MEAN,
    /** Of the population; 0 for a single reading. */
    STD,
    FIRST,
    LAST
  }

  private static Check checkSeries(Check check, List<Selector> series) {
    return check
        .that(!series.isEmpty(), "series", "must name at least one")
        .that(series.size() <= MAX_SERIES, "series", "must be " + MAX_SERIES + " or fewer")
        .that(new HashSet<>(series).size() == series.size(), "series", "must be different")
        .that(
            series.stream().noneMatch(Selector::wild),
            "series",
            "must have no wildcards: {device}/point, or one series that all devices share")
        .that(
            series.stream().anyMatch(Selector::perDevice),
            "series",
            "must hold one of {device}, whose scores they are");
  }
}
