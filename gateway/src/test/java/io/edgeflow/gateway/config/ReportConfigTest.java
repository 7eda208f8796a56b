package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.report.ReportRule;
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

/** {@code series[].report} (L11). */
final class ReportConfigTest {
  private static final long SECOND = 1_000_000;

  @TempDir private Path home;

  @Test
  void reportsNothingUnlessAsked() throws Exception {
    assertEquals(ReportRule.NONE, rule("match: x"));
    assertEquals(ReportRule.NONE, rule("match: x, report: {}"));
    assertEquals(ReportRule.NONE, rule("match: x, report: {mode: none}"));
  }

  @Test
  void readsEveryMode() throws Exception {
    long never = ReportRule.NO_LIMIT;
    assertEquals(new ReportRule.All(), rule("match: x, report: {mode: all}"));
    assertEquals(new ReportRule.Change(never), rule("match: x, report: {mode: change}"));
    assertEquals(
        new ReportRule.Change(90 * SECOND),
        rule("match: x, report: {mode: change, maxSilence: 90s}"));
    assertEquals(
        new ReportRule.Deadband(0.5, 600 * SECOND),
        rule("match: x, report: {mode: deadband, deadband: 0.5, maxSilence: 10m}"));
    assertEquals(
        new ReportRule.Percent(2.5, 0, never),
        rule("match: x, report: {mode: percent, percent: 2.5}"));
    assertEquals(
        new ReportRule.Percent(2, 5, never),
        rule("match: x, report: {mode: percent, percent: 2, deadband: 5}"));
    assertEquals(
        new ReportRule.Interval(30 * SECOND),
        rule("match: x, report: {mode: interval, interval: 30s}"));
    assertEquals(
        new ReportRule.Change(never), rule("match: x, kind: state, report: {mode: change}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          report: all                                   | report = all: must be a group of mode
          report: {mode: some}                          | report.mode = some: must be one of none, all
          report: {mode: deadband}                      | report.deadband: is needed by the mode
          report: {mode: percent, deadband: 1}          | report.percent: is needed by the mode
          report: {mode: interval}                      | report.interval: is needed by the mode
          report: {mode: change, interval: 1s}          | report.interval = 1s: needs mode interval
          report: {mode: all, deadband: 1}              | report.deadband = 1: must be at least 0, with
          report: {deadband: 1}                         | report.deadband = 1: must be at least 0, with
          report: {mode: deadband, deadband: -1}        | report.deadband = -1: must be at least 0
          report: {mode: deadband, deadband: x}         | report.deadband = x: must be a number
          report: {mode: percent, percent: 0}           | report.percent = 0: must be above 0
          report: {mode: change, percent: 3}            | report.percent = 3: must be above 0, with
          report: {mode: interval, interval: 0s}        | report.interval = 0s: must be at least 1ms
          report: {mode: all, maxSilence: 1m}           | report.maxSilence = 1m: needs mode change
          report: {mode: change, silence: 1m}           | report.silence: is no setting; did you mean maxSilence?
          kind: state, report: {mode: deadband, deadband: 1} | report.mode = deadband: must be none, all
          """)
  void refuses(String report, String fault) {
    var refusal = assertThrows(SettingsException.class, () -> rule("match: x, " + report));
    assertEquals(1, refusal.faults().size(), refusal::toString);
    String said = refusal.faults().getFirst().toString();
    String expected = "series[0]." + fault;
    assertEquals(expected, said.substring(0, Math.min(said.length(), expected.length())), said);
  }

  private ReportRule rule(String series) throws Exception {
    Path file =
        Files.writeString(home.resolve("gateway.yaml"), "{edge: a, series: [{" + series + "}]}");
    GatewayConfig config =
        new SettingsLoader(Map.of(), home)
            .load(GatewayConfig.class, Optional.of(file), List.of())
            .value();
    return config.series().getFirst().report().rule();
  }
}
