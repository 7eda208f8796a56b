package io.edgeflow.gateway;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.gateway.config.ModbusPointConfig;
import io.edgeflow.gateway.config.ReportConfig;
import io.edgeflow.gateway.config.SeriesConfig;
import io.edgeflow.gateway.recorder.SeriesPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link SeriesPolicy} by the configuration: what a polled point says itself, then the first entry
 * that matches.
 *
 * @param points that are polled, by their series
 */
record ConfiguredSeries(
    List<SeriesConfig> entries, Map<String, ModbusPointConfig> points, int maxSeries)
    implements SeriesPolicy {
  @Override
  public Shape shape(String series, boolean text) {
    Optional<SeriesConfig> entry = entry(series);
    ModbusPointConfig point = points.get(series);
    Kind kind = entry.map(SeriesConfig::kind).orElse(Kind.GAUGE);
    String unit = entry.map(SeriesConfig::unit).orElse("");
    if (point != null) {
      boolean told = point.kind().isPresent() || point.seriesKind() != Kind.GAUGE;
      kind = told ? point.seriesKind() : kind;
      unit = unit.isEmpty() ? point.unit() : unit;
    }
    return new Shape(text ? Kind.TEXT : kind, unit);
  }

  @Override
  public ReportRule report(String series) {
    ModbusPointConfig point = points.get(series);
    if (point != null && point.reports().mode() != ReportConfig.Mode.NONE) {
      return point.reports().rule();
    }
    return entry(series).map(entry -> entry.report().rule()).orElse(ReportRule.NONE);
  }

  private Optional<SeriesConfig> entry(String series) {
    return entries.stream().filter(entry -> entry.match().matches(series)).findFirst();
  }
}
