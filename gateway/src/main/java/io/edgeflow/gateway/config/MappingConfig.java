package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.wire.payload.Mapping;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which topics are readings, what is in their payloads, and what the series are called. {@code
 * docs/mqtt.md} explains it with examples.
 *
 * @param topic fixed levels, {@code <name>}, {@code +}, and at the end {@code #} or {@code
 *     <name...>}
 * @param series what the series are called, of the names of the topic and {@code <point>}; absent:
 *     all of those, one after the other
 * @param each where the rows of a JSON document are
 * @param points the values of a payload; none: all that there are
 * @param names parts of a JSON document that are part of the series' names
 * @param kind of all points that say nothing themselves, as {@code unit} and {@code report}
 * @param onSameTime what becomes of another value with the same stamp (I1)
 * @param retained what becomes of messages that are published to be retained
 */
public record MappingConfig(
    @Default("sensors/<device>/<point...>") String topic,
    @Default("auto") Format format,
    Optional<String> series,
    Optional<String> each,
    Map<String, MappingPoint> points,
    Map<String, String> names,
    MappingTime time,
    MappingQuality quality,
    MappingCsv csv,
    Optional<Kind> kind,
    Optional<String> unit,
    Optional<ReportConfig> report,
    @Default("keep") OnSameTime onSameTime,
    @Default("take") Retained retained) {
  public static final MappingConfig DEFAULT =
      new MappingConfig(
          "sensors/<device>/<point...>",
          Format.AUTO,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          MappingTime.NONE,
          MappingQuality.NONE,
          MappingCsv.STANDARD,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OnSameTime.KEEP,
          Retained.TAKE);

  /** What a payload is. */
  public enum Format {
    /** The forms that need no explanation: a bare number, or JSON with value and ts. */
    AUTO,
    JSON,
    CSV,
    /** Line protocol. */
    INFLUX,
    /** One number, truth or text. */
    VALUE
  }

  /** What becomes of a second value with the same stamp. */
  public enum OnSameTime {
    KEEP,
    FIRST
  }

  /** What becomes of a message that is published to be retained. */
  public enum Retained {
    /** It is a reading like any other. */
    TAKE,
    /** It is none: its sender says it again whenever it connects. */
    IGNORE
  }

  public MappingConfig {
    Check check = new Check();
    MappingChecks.ownRules(check, kind, unit, report);
    MappingChecks.check(
        check, topic, format, series, each.orElse(""), points, names, time, quality, csv);
    check.orRefuse();
  }

  /**
   * @param zone of times that say none
   */
  public Mapping mapping(ZoneId zone) {
    return MappingForm.mapping(this, zone);
  }

  /** All of them, in their order. */
  public static List<Mapping> mappings(List<MappingConfig> configs, ZoneId zone) {
    return configs.stream().map(config -> config.mapping(zone)).toList();
  }
}
