package io.edgeflow.gateway;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.gateway.config.SeriesConfig;
import io.edgeflow.gateway.recorder.SeriesPolicy;
import java.util.List;
import java.util.Map;

/**
 * {@link SeriesPolicy} by the configuration: the first entry that matches counts.
 *
 * @param units of polled series, which are configured at the device
 */
record ConfiguredSeries(List<SeriesConfig> entries, Map<String, String> units, int maxSeries)
    implements SeriesPolicy {
  @Override
  public Shape shape(String series, boolean text) {
    Kind kind = text ? Kind.TEXT : Kind.GAUGE;
    String unit = units.getOrDefault(series, "");
    for (SeriesConfig entry : entries) {
      if (entry.match().matches(series)) {
        return new Shape(
            text ? Kind.TEXT : entry.kind(), entry.unit().isEmpty() ? unit : entry.unit());
      }
    }
    return new Shape(kind, unit);
  }

  @Override
  public ReportRule report(String series) {
    return entries.stream()
        .filter(entry -> entry.match().matches(series))
        .findFirst()
        .map(entry -> entry.report().rule())
        .orElse(ReportRule.NONE);
  }
}
