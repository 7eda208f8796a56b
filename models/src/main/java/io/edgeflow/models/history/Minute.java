package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;

/**
 * What one series did in one minute, as a cloud keeps it.
 *
 * @param startMicros since the epoch
 * @param count of all readings
 * @param quality good if all readings are, uncertain if some are not; bad or stale if none carries
 *     a value, and then the other numbers are NaN
 */
public record Minute(
    SeriesName series,
    long startMicros,
    long count,
    double min,
    double max,
    double mean,
    double first,
    double last,
    Quality quality) {
  public static final long MICROS = 60_000_000;

  /**
   * @throws IllegalArgumentException if minutes do not tell it
   */
  double of(Input.Statistic statistic) {
    return switch (statistic) {
      case COUNT -> count;
      case MIN -> min;
      case MAX -> max;
      case MEAN -> mean;
      case FIRST -> first;
      case LAST -> last;
      case STD -> throw new IllegalArgumentException("minutes are kept without their std");
    };
  }
}
