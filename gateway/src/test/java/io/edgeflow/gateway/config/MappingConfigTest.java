package io.edgeflow.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import io.edgeflow.wire.payload.Mapping;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadLimits;
import io.edgeflow.wire.payload.PayloadParser;
import io.edgeflow.wire.payload.PointPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MappingConfigTest {
  @TempDir private Path home;

  @Test
  void readsEveryKey() throws Exception {
    PayloadParser parser =
        parser(
            """
            - topic: plant/<line>/<device>/data
              format: json
              series: "<line>-<device>/<sensor>/<point>"
              each: $.rows[*]
              points:
                flow: { path: "@.v", unit: l/min, scale: 0.5, offset: 1, report: { mode: all } }
              names: { sensor: "@.n" }
              time: { path: "@.t", format: "dd.MM.yyyy HH:mm:ss", zone: Europe/Berlin }
              quality: { path: "@.q", words: { OK: good, "3": stale } }
              kind: gauge
              onSameTime: first
              retained: ignore
            """);
    ParsedMessage message =
        parser.parse(
            "plant/4/press/data",
            "{\"rows\":[{\"v\":41,\"n\":\"in\",\"t\":\"20.11.2025 22:00:00\",\"q\":3}]}"
                .getBytes(UTF_8));
    assertEquals("4-press/in/flow", message.series(0), message.detail());
    assertEquals(21.5, message.number(0));
    assertEquals(1_763_672_400_000_000L, message.stampMicros(0));
    assertEquals("stale", message.quality(0).word());
    assertEquals(new PointPolicy(Kind.GAUGE, "l/min", new ReportRule.All()), message.policy(0));
    assertTrue(message.keepFirst());
    assertEquals(
        ParsedMessage.Outcome.REJECTED,
        parser.parse("plant/4/press/data", new byte[] {'{', '}'}, true).outcome());
  }

  @Test
  void findsSeriesAndPathsWhereNothingIsSaid() throws Exception {
    assertEquals(
        List.of("press/flow", "press/temp/in"),
        read(
            "- { topic: plant/<device>, format: json }",
            "plant/press",
            "{\"flow\":1,\"temp\":{\"in\":2},\"id\":\"x\"}"));
    assertEquals(
        List.of("4/press/flow"),
        read(
            "- { topic: plant/<line>/<device>, format: json, points: { flow: {} } }",
            "plant/4/press",
            "{\"flow\":1,\"temp\":2}"));
    assertEquals(
        List.of("press/a", "press/b"),
        read("- { topic: t/<device>, format: csv }", "t/press", "a,b\n1,2"));
    assertEquals(
        List.of("press/x", "press/y"),
        read(
            "- { topic: t/<device>, format: csv, csv: { columns: [t, x, y], delimiter: tab }, time:"
                + " { column: t } }",
            "t/press",
            "1763672400\t1\t2"));
    assertEquals(
        List.of("cpu/pi/idle"),
        read("- { topic: influx/#, format: influx }", "influx", "cpu,host=pi idle=1"));
    assertEquals(
        List.of("pump/on"),
        read(
            "- { topic: home/<device>/set, format: value, points: { on: {} } }",
            "home/pump/set",
            "off"));
    assertEquals(
        List.of("pump/a/b"),
        read("- { topic: home/<device>/<what...>, format: value }", "home/pump/a/b", "1"));
    assertEquals(
        List.of("4/pump/flow/a"),
        read(
            "- { topic: p/<line>/<device>/+/<point...> }",
            "p/4/pump/x/flow",
            "{\"values\":{\"a\":1}}"));
  }

  @Test
  void leavesTheSitesZoneToTimesThatSayNone() throws Exception {
    Mapping mapping =
        mappings(
                "- { topic: a/<d>, format: json, points: { v: {} }, time: { path: $.t, format: iso"
                    + " } }")
            .getFirst()
            .mapping(ZoneId.of("Europe/Berlin"));
    assertEquals(
        1_763_672_400_000_000L,
        new PayloadParser(List.of(mapping), PayloadLimits.STANDARD)
            .parse("a/b", "{\"v\":1,\"t\":\"2025-11-20 22:00:00\"}".getBytes(UTF_8))
            .stampMicros(0));
  }

  @Test
  void letsAPointSayMoreThanItsMapping() throws Exception {
    ParsedMessage message =
        parser(
                "- { topic: t/<d>, format: json, unit: bar, kind: state, points: { a: {}, b: {"
                    + " unit: degC, kind: gauge } } }")
            .parse("t/x", "{\"a\":1,\"b\":2}".getBytes(UTF_8));
    assertEquals(new PointPolicy(Kind.STATE, "bar", null), message.policy(0));
    assertEquals(new PointPolicy(Kind.GAUGE, "degC", null), message.policy(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic: a/#/b|topic must not have anything behind #",
        "topic: sensors/<device>/<device>|topic must not name <device> twice",
        "topic: sensors|series is needed: the topic names no level",
        "topic: sensors/<device>, format: value|series must have two levels",
        "topic: a/<d>/<p>, series: \"<d>/<q>\"|series knows no <q>; there is d, p",
        "topic: a/<d>/<p>, series: \"<d\"|series must be names and text",
        "topic: a/<d>/<p>, points: { x: {} }|points needs format json, csv, influx or value; here"
            + " it is auto",
        "format: json, points: { x: {} }|topic must not name a level <point>",
        "topic: a/<d>, format: xml|format must be one of auto, json, csv, influx, value",
        "topic: a/<d>, format: json, points: { x: { path: a.b } }|points.x.path must be a JSON path"
            + " such as",
        "topic: a/<d>, format: json, points: { x: { path: $.a.* } }|points.x.path stands for"
            + " several values: put a *",
        "topic: a/<d>, format: json, points: { 'x*': { path: $.a } }|points.x*.path must have a *"
            + " where",
        "topic: a/<d>, format: json, points: { x: { path: $.a }, y: { path: $.a } }|points.y.path"
            + " is used twice",
        "topic: a/<d>, format: json, points: { x: { path: '@.a' } }|points.x.path must begin with"
            + " $; @ needs each",
        "topic: a/<d>, format: json, each: '$.r[*]', points: { x: { path: $.a } }|points.x.path"
            + " must begin with @",
        "topic: a/<d>, format: json, points: { x: { column: a } }|points.x.column needs format csv;"
            + " here it is json",
        "topic: a/<d>, format: json, points: { x: { scale: 0 } }|points.x.scale must not be 0",
        "topic: a/<d>, format: json, points: { x: { pth: $.a } }|points.x.pth is no setting; did"
            + " you mean path?",
        "topic: a/<d>, format: json, points: { x: {}, y: {} }, series: <d>/z|series must have"
            + " <point> in it",
        "topic: a/<d>, format: json, time: { format: ms }|time.format needs time.path",
        "topic: a/<d>, format: json, time: { path: $.t, format: sec }|time.format must be auto, s,"
            + " ms, us, ns, iso",
        "topic: a/<d>, format: json, time: { path: '$.*' }|time.path must stand for one value",
        "topic: a/<d>, format: json, names: { d: $.x }|names.d must be a name of its own",
        "topic: a/<d>, format: json, quality: { words: { a: good } }|quality.words needs path or"
            + " column",
        "topic: a/<d>, format: csv, time: { path: $.t }|time.path needs format json; here it is"
            + " csv",
        "topic: a/<d>, format: csv, csv: { columns: [a, b] }, time: { column: t }|time.column must"
            + " be one of csv.columns: a, b",
        "topic: a/<d>, format: csv, csv: { delimiter: ab }|csv.delimiter must be one character",
        "topic: a/<d>, format: csv, csv: { decimalComma: true }|csv.decimalComma needs another"
            + " delimiter",
        "topic: a/<d>, format: csv, csv: { header: false }|csv.header false needs columns",
        "topic: a/<d>, format: csv, points: { 'x*': {} }|points.x* must not have a * in its name",
        "topic: a/<d>, kind: counter|kind must be gauge, state or text",
        "topic: a/<d>, kind: state, report: { mode: deadband, deadband: 1 }|report.mode must be"
            + " none, all, change or interval",
        "topic: a/<d>, format: value, points: { a: {}, b: {} }|points must be one with format"
            + " value",
        "topic: a/<d>, format: value, each: '$[*]'|each needs format json; here it is value"
      })
  void saysWhichKeyIsWrongAndWhatToDo(String mapping, String fault) {
    var refusal = assertThrows(SettingsException.class, () -> mappings("- { " + mapping + " }"));
    assertTrue(
        refusal.faults().stream()
            .anyMatch(one -> (one.path() + " " + one.rule()).startsWith("mappings[0]." + fault)),
        refusal::getMessage);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    var refusal =
        assertThrows(
            SettingsException.class,
            () ->
                mappings(
                    """
                    - topic: a/<d>/#/x
                      format: csv
                      each: $.a
                      points: { x: { field: a }, y: { path: $.b } }
                    - { topic: b/<d>, format: json, points: { x: { path: "a" } } }
                    """));
    assertEquals(5, refusal.faults().size(), refusal::getMessage);
  }

  private List<String> read(String mappings, String topic, String payload) throws Exception {
    ParsedMessage message = parser(mappings).parse(topic, payload.getBytes(UTF_8));
    assertEquals(ParsedMessage.Outcome.READINGS, message.outcome(), message.detail());
    return IntStream.range(0, message.size()).mapToObj(message::series).toList();
  }

  private PayloadParser parser(String mappings) throws Exception {
    return new PayloadParser(
        MappingConfig.mappings(mappings(mappings), ZoneId.of("UTC")), PayloadLimits.STANDARD);
  }

  private List<MappingConfig> mappings(String mappings) throws IOException, SettingsException {
    Path file = home.resolve("gateway.yaml");
    Files.writeString(file, "edge: pi-7\nmappings:\n" + mappings.indent(2));
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value()
        .mappings();
  }
}
