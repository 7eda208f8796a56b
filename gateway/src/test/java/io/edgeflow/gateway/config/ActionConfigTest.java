package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.gateway.actions.ActionRule;
import io.edgeflow.gateway.actions.Cause;
import io.edgeflow.gateway.actions.Interlock;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActionConfigTest {
  private static final long SECOND = 1_000_000_000;

  /** What actions name. */
  private static final String PLANT =
      """
      edge: a
      modbus: {devices: {plc: {host: h, points: {flow: {address: 0}}}}}
      alarms: [{name: flow, series: "plc/*", limits: {h: 20}}]
      """;

  @TempDir Path home;

  /** What the documentation shows must work as it stands there. */
  @Test
  void theExampleOfTheDocumentationLoads() throws Exception {
    Path docs = Path.of(System.getProperty("edgeflow.home", "..")).resolve("docs/actions.md");
    List<ActionRule> rules =
        load(example(docs)).actions().stream().map(ActionConfig::rule).toList();
    assertEquals(
        new ActionRule(
            "slow-press",
            new Cause.Alarm("flow.hh", "press-1/flow", Set.of("unacknowledged", "acknowledged")),
            "press-1 coil 3",
            "true",
            "false",
            Optional.of(
                Interlock.parse("press-1/running == 1 and not alarm(tripped, press-1/mode)")),
            30 * SECOND,
            60 * SECOND,
            4,
            30_000_000,
            60 * SECOND,
            ActionRule.Safe.OFF,
            false),
        rules.get(0));
    assertEquals(
        new Cause.Threshold("press-1/score", true, 0.8, 0.1, 2 * SECOND), rules.get(1).cause());
    assertEquals("press-1 holding 40", rules.get(1).output());
    assertEquals("600.0", rules.get(1).onValue());
    assertEquals("plant/press-1/lamp", rules.get(2).output());
    assertEquals(true, rules.get(2).dryRun());
  }

  private static String example(Path docs) throws Exception {
    String text = Files.readString(docs);
    int from = text.indexOf("```yaml\n") + "```yaml\n".length();
    return text.substring(from, text.indexOf("```", from));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          when: {series: a/b, above: 1}                   | [0]: must have exactly one of modbus and
          when: {series: a/b, above: 1}, mqtt: {topic: t, on: x, off: y}, modbus: {device: plc, coil: 1} | [0]: must have exactly one of modbus and
          mqtt: {topic: t, on: x, off: y}                 | [0].when.series: is required
          when: {series: a, above: 1}, mqtt: {topic: t, on: x, off: y} | [0].when.series = a: must name a series
          when: {series: a/b}, mqtt: {topic: t, on: x, off: y} | [0].when: must have exactly one of alarm
          when: {series: a/b, above: 1, below: 0}, mqtt: {topic: t, on: x, off: y} | [0].when: must have exactly one of alarm
          when: {series: a/b, above: 1, hysteresis: -1}, mqtt: {topic: t, on: x, off: y} | [0].when.hysteresis = -1: must be 0 or
          when: {series: a/b, above: 1, states: [normal]}, mqtt: {topic: t, on: x, off: y} | [0].when.states: needs alarm
          when: {series: plc/flow, alarm: flow.h, states: [red]}, mqtt: {topic: t, on: x, off: y} | [0].when.states: must be of acknowledged
          when: {series: a/b, above: 1}, mqtt: {topic: "t/#", on: x, off: y} | [0].mqtt.topic = t/#: must be one topic
          when: {series: a/b, above: 1}, mqtt: {topic: t, on: x} | [0].mqtt.off: is required
          when: {series: a/b, above: 1}, modbus: {device: plc} | [0].modbus: must have exactly one of coil and
          when: {series: a/b, above: 1}, modbus: {device: plc, coil: 1, on: 1} | [0].modbus.coil = 1: is true when on
          when: {series: a/b, above: 1}, modbus: {device: plc, holding: 1, on: 1} | [0].modbus.holding = 1: needs on and off
          when: {series: a/b, above: 1}, modbus: {device: plc, holding: 1, on: 70000, off: 0} | [0].modbus.on = 70000: must be a number that uint16
          when: {series: a/b, above: 1}, modbus: {device: plc, holding: 1, on: 1, off: 0, invert: true} | [0].modbus.invert = true: needs coil
          when: {series: a/b, above: 1}, modbus: {device: plc, holding: 65535, type: float32, on: 1, off: 0} | [0].modbus.holding = 65535: must end at
          when: {series: a/b, above: 1}, modbus: {device: plc, coil: 65536} | [0].modbus.coil = 65536: must be 0 to
          when: {series: a/b, above: 1}, modbus: {device: plc, coil: 1}, interlock: "a/b =" | [0].interlock = a/b =: at character 5: expected ==
          when: {series: a/b, above: 1}, modbus: {device: plc, coil: 1}, maxPerMinute: 0 | [0].maxPerMinute = 0: must be 1 to
          when: {series: a/b, above: 1}, modbus: {device: other, coil: 1} | : x names the device other, which modbus has not
          when: {series: plc/flow, alarm: flow.hh}, modbus: {device: plc, coil: 1} | : x names the alarm flow.hh, which alarms has not for plc/flow
          when: {series: a/b, above: 1}, modbus: {device: plc, coil: 1}, interlock: "alarm(flow.h, a/b)" | : x has alarm(flow.h, a/b), which alarms has not
          """)
  void refuses(String action, String fault) {
    String yaml = PLANT + "actions: [{name: x, " + action + "}]";
    var refusal = assertThrows(SettingsException.class, () -> load(yaml));
    List<String> said = refusal.faults().stream().map(Fault::toString).toList();
    String expected = "actions" + fault;
    String start = said.getFirst();
    assertEquals(expected, start.substring(0, Math.min(start.length(), expected.length())), start);
  }

  private GatewayConfig load(String yaml) throws Exception {
    Path file = Files.writeString(home.resolve("gateway.yaml"), yaml);
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value();
  }
}
