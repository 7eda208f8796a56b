package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.gateway.config.MappingConfig.Format;
import io.edgeflow.gateway.config.MappingConfig.OnSameTime;
import io.edgeflow.gateway.config.MappingConfig.Retained;
import io.edgeflow.wire.payload.Form;
import io.edgeflow.wire.payload.Mapping;
import io.edgeflow.wire.payload.Point;
import io.edgeflow.wire.payload.PointPolicy;
import io.edgeflow.wire.payload.QualityRule;
import io.edgeflow.wire.payload.SeriesTemplate;
import io.edgeflow.wire.payload.StampRule;
import io.edgeflow.wire.payload.TopicPattern;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a mapping as it is configured to one that reads payloads. */
final class MappingForm {
  private static final String ALL = "*";

  private MappingForm() {}

  static Mapping mapping(MappingConfig config, ZoneId zone) {
    TopicPattern topic = TopicPattern.parse(config.topic());
    return new Mapping(
        topic,
        form(config, config.time().zone().orElse(zone)),
        template(topic, config.format(), config.series(), config.points()),
        config.onSameTime() == OnSameTime.FIRST,
        config.retained() == Retained.IGNORE);
  }

  /** Whether the payload has points of its own, beside the topic. */
  static boolean hasPoints(Format format, Map<String, MappingPoint> points) {
    return switch (format) {
      case AUTO -> false;
      case VALUE -> !points.isEmpty();
      case JSON, CSV, INFLUX -> true;
    };
  }

  /** Whether there is one value only. */
  static boolean isOne(Map<String, MappingPoint> points) {
    return points.size() == 1 && !points.keySet().iterator().next().contains(ALL);
  }

  static SeriesTemplate template(
      TopicPattern topic,
      Format format,
      Optional<String> series,
      Map<String, MappingPoint> points) {
    if (series.isPresent()) {
      return SeriesTemplate.parse(series.get());
    }
    List<String> levels = new ArrayList<>(topic.names());
    if (hasPoints(format, points)) {
      levels.add(SeriesTemplate.POINT);
    }
    return SeriesTemplate.levels(levels);
  }

  /** As it is given, or the member that is called as the point. */
  static String path(String name, MappingPoint point, boolean rows) {
    return point.path().orElse((rows ? "@." : "$.") + name);
  }

  private static Form form(MappingConfig config, ZoneId zone) {
    PointPolicy policy = policy(config.kind(), config.unit(), config.report());
    StampRule times = StampRule.of(timeFormat(config), zone);
    return switch (config.format()) {
      case AUTO -> new Form.Auto(policy);
      case VALUE ->
          new Form.Value(
              config.points().entrySet().stream()
                  .findFirst()
                  .map(entry -> point(config, entry.getKey(), "", entry.getValue()))
                  .orElse(Point.plain("", "", policy)));
      case JSON -> json(config, policy, times);
      case CSV -> csv(config, policy, times);
      case INFLUX ->
          new Form.Influx(
              config.points().entrySet().stream()
                  .map(
                      entry ->
                          point(
                              config,
                              entry.getKey(),
                              entry.getValue().field().orElse(entry.getKey()),
                              entry.getValue()))
                  .toList(),
              policy,
              times);
    };
  }

  private static String timeFormat(MappingConfig config) {
    return config.time().format().orElse(config.format() == Format.INFLUX ? "ns" : "auto");
  }

  private static Form json(MappingConfig config, PointPolicy policy, StampRule times) {
    boolean rows = config.each().isPresent();
    List<Point> points =
        config.points().isEmpty()
            ? List.of(Point.plain(ALL, rows ? "@.**" : "$.**", policy))
            : config.points().entrySet().stream()
                .map(
                    entry ->
                        point(
                            config,
                            entry.getKey(),
                            path(entry.getKey(), entry.getValue(), rows),
                            entry.getValue()))
                .toList();
    return new Form.Json(
        config.each().orElse(""),
        points,
        config.names(),
        config.time().path().orElse(""),
        times,
        config.quality().path().orElse(""),
        new QualityRule(config.quality().words()));
  }

  private static Form csv(MappingConfig config, PointPolicy policy, StampRule times) {
    MappingCsv csv = config.csv();
    return new Form.Csv(
        csv.columns(),
        csv.header().orElse(csv.columns().isEmpty()),
        csv.separator(),
        csv.decimalComma(),
        config.points().entrySet().stream()
            .map(
                entry ->
                    point(
                        config,
                        entry.getKey(),
                        entry.getValue().column().orElse(entry.getKey()),
                        entry.getValue()))
            .toList(),
        policy,
        config.time().column().orElse(""),
        times,
        config.quality().column().orElse(""),
        new QualityRule(config.quality().words()));
  }

  private static Point point(MappingConfig config, String name, String from, MappingPoint point) {
    return new Point(
        name,
        from,
        point.scale(),
        point.offset(),
        policy(
            point.kind().or(config::kind),
            point.unit().or(config::unit),
            point.report().or(config::report)));
  }

  private static PointPolicy policy(
      Optional<Kind> kind, Optional<String> unit, Optional<ReportConfig> report) {
    ReportRule rule = report.map(ReportConfig::rule).orElse(null);
    return kind.isEmpty() && unit.isEmpty() && rule == null
        ? PointPolicy.NONE
        : new PointPolicy(kind.orElse(null), unit.orElse(""), rule);
  }
}
