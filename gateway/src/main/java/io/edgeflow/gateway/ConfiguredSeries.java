package io.edgeflow.gateway;

import io.edgeflow.aggregator.counter.CounterRule;
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
    Optional<ModbusPointConfig> point = Optional.ofNullable(points.get(series));
    Kind kind = kind(series).orElse(Kind.GAUGE);
    return new Shape(
        text ? Kind.TEXT : kind,
        entry
            .map(SeriesConfig::unit)
            .filter(unit -> !unit.isEmpty())
            .or(() -> point.map(ModbusPointConfig::unit))
            .orElse(""),
        point
            .flatMap(ModbusPointConfig::modulus)
            .or(() -> entry.flatMap(SeriesConfig::rollOver))
            .map(CounterRule::new)
            .orElse(CounterRule.NO_ROLL_OVER),
        point
            .flatMap(ModbusPointConfig::maxSilence)
            .or(() -> entry.flatMap(SeriesConfig::staleAfter)));
  }

  @Override
  public Optional<Kind> kind(String series) {
    return Optional.ofNullable(points.get(series))
        .flatMap(ConfiguredSeries::told)
        .or(() -> entry(series).flatMap(SeriesConfig::kind));
  }

  /** Most numbers are gauges, and nobody says so. */
  private static Optional<Kind> told(ModbusPointConfig point) {
    return point.kind().isPresent() || point.seriesKind() != Kind.GAUGE
        ? Optional.of(point.seriesKind())
        : Optional.empty();
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
