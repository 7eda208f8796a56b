package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import org.jspecify.annotations.Nullable;

/** What a line of a file says. Times are microseconds since the epoch. */
public sealed interface Row {
  FileSeries series();

  /**
   * @param number NaN where there is none
   * @param text of a series of texts; null where there is none
   */
  record Reading(
      FileSeries series, long micros, double number, @Nullable String text, Quality quality)
      implements Row {}

  record Windowed(FileSeries series, Window window) implements Row {}

  /** Equal states or texts that followed each other. */
  record Run(
      FileSeries series,
      long firstMicros,
      long lastMicros,
      long count,
      double number,
      @Nullable String text,
      Quality quality)
      implements Row {}
}
