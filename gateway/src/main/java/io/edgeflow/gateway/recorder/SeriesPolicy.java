package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;

/**
 * What the configuration says of series that are not known yet. Only consulted live, never on
 * replay (J1).
 */
public interface SeriesPolicy {
  /**
   * How a series is recorded.
   *
   * @param unit empty where none is configured
   */
  record Shape(Kind kind, String unit) {}

  /** The shape of a series by its name; texts without a rule are TEXT, numbers are GAUGE. */
  Shape shape(String series, boolean text);

  /** Which of its readings are reported singly; asked once in a run for each series. */
  ReportRule report(String series);

  /** Series that this edge takes; a UUID in a topic must not make a million of them. */
  int maxSeries();
}
