package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.gateway.alarms.AlarmCondition;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlarmConfigTest {
  private static final long SECOND = 1_000_000;

  @TempDir Path home;

  /** What the documentation shows must work as it stands there. */
  @Test
  void theExampleOfTheDocumentationLoads() throws Exception {
    Path docs = Path.of(System.getProperty("edgeflow.home", "..")).resolve("docs/alarms.md");
    List<AlarmRule> rules = load(example(docs)).alarmRules();
    assertEquals(
        List.of(
            "flow.hh high",
            "flow.h medium",
            "flow.l medium",
            "flow.ll high",
            "heating-up.rising high",
            "heating-up.falling high",
            "silent low",
            "tripped critical",
            "not-in-automatic medium"),
        rules.stream().map(rule -> rule.name() + " " + rule.priority().word()).toList());
    assertEquals(
        new AlarmRule(
            "flow.hh",
            new Glob("*/flow"),
            new AlarmCondition.Limit(AlarmCondition.Level.HH, 45, 1),
            5 * SECOND,
            10 * SECOND,
            AlarmPriority.HIGH,
            "check the strainer"),
        rules.getFirst());
    assertEquals(new AlarmCondition.Rate(false, 2, 0.1, 30 * SECOND), rules.get(5).condition());
    assertEquals(new AlarmCondition.Stale(60 * SECOND), rules.get(6).condition());
    assertEquals(
        new AlarmCondition.State(List.of("fault", "trip"), true), rules.get(7).condition());
    assertEquals(new AlarmCondition.State(List.of("2"), false), rules.get(8).condition());
  }

  private static String example(Path docs) throws Exception {
    String text = Files.readString(docs);
    int from = text.indexOf("```yaml\n") + "```yaml\n".length();
    return text.substring(from, text.indexOf("```", from));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {series: x, stale: 1m}                          | [0].name: is required
          {name: A, series: x, stale: 1m}                 | [0].name = A: must be 1 to 40 lower-case
          {name: a, stale: 1m}                            | [0].series: is required
          {name: a, series: x}                            | [0]: must have exactly one of limits
          {name: a, series: x, stale: 1m, rate: {rising: 1}} | [0]: must have exactly one of limits
          {name: a, series: x, stale: 1ms}                | [0].stale = 1ms: must be 1s to
          {name: a, series: x, stale: 1m, priority: top}  | [0].priority = top: must be one of low
          {name: a, series: x, stale: 1m, onDelay: 2d}    | [0].onDelay = 2d: must be 0s to
          {name: a, series: x, limits: {}}                | [0].limits: must name hh, h, l or ll
          {name: a, series: x, limits: {h: 1, l: 2}}      | [0].limits: must rise from ll over l
          {name: a, series: x, limits: {h: NaN}}          | [0].limits.h = NaN: must be a number
          {name: a, series: x, limits: {h: 1, deadband: -1}} | [0].limits.deadband = -1: must be 0 or
          {name: a, series: x, limits: {hi: 1}}           | [0].limits.hi: is no setting; did you
          {name: a, series: x, rate: {}}                  | [0].rate: must name rising or falling
          {name: a, series: x, rate: {rising: 0}}         | [0].rate.rising = 0: must be above 0
          {name: a, series: x, state: {}}                 | [0].state: must name either in or notIn
          {name: a, series: x, state: {in: [a], notIn: [b]}} | [0].state: must name either in or
          """)
  void refuses(String alarm, String fault) {
    refusesAll("edge: a\nalarms: [" + alarm + "]", fault);
  }

  @Test
  void refusesTwoOfOneName() {
    String alarm = "{name: a, series: x, stale: 1m}";
    refusesAll("edge: a\nalarms: [" + alarm + ", " + alarm + "]", ": must not name an alarm twice");
  }

  private void refusesAll(String yaml, String fault) {
    var refusal = assertThrows(SettingsException.class, () -> load(yaml));
    List<String> said = refusal.faults().stream().map(Fault::toString).toList();
    assertEquals(1, said.size(), said::toString);
    String expected = "alarms" + fault;
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
