package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatesTest {
  private static final GateSpec SPEC =
      RolloutCases.spec(
              "gates: {latencyP99: 5ms, nanRate: 0.01, errorRate: 0.02, memory: 64MiB, minRows:"
                  + " 100}")
          .gates();

  @Test
  void aGoodModelPassesThemAll() {
    List<GateResult> results = judge(RolloutCases.good(100));
    assertEquals(
        List.of("minRows", "latencyP99", "nanRate", "errorRate", "alarmRate", "memory", "crashes"),
        results.stream().map(GateResult::gate).toList());
    assertEquals(Verdict.PASS, Gates.together(results));
  }

  @Test
  void eachGateFailsJustBeyondItsBound() {
    assertGate("latencyP99", latency(5_000), latency(5_001));
    assertGate("nanRate", counts(1_000, 0, 10), counts(1_000, 0, 11));
    assertGate("errorRate", counts(1_000, 20, 0), counts(1_000, 21, 0));
    assertGate("memory", memory(64 << 20), memory((64 << 20) + 1));
    assertGate("crashes", crashes(1), crashes(2));
  }

  @Test
  void alarmsFailBeyondBothBoundsOnly() {
    assertGate(
        "alarmRate",
        RolloutCases.alarms(1_000, 50, 1_000, 1),
        RolloutCases.alarms(1_000, 51, 1_000, 1));
    assertGate(
        "alarmRate",
        RolloutCases.alarms(1_000, 120, 1_000, 40),
        RolloutCases.alarms(1_000, 121, 1_000, 40));
    assertGate(
        "alarmRate",
        RolloutCases.alarms(1_000, 50, 99, 99),
        RolloutCases.alarms(1_000, 51, 99, 99));
    assertGate( // As many rows as are needed, and one too few above.
        "alarmRate",
        RolloutCases.alarms(1_000, 120, 100, 4),
        RolloutCases.alarms(1_000, 121, 100, 4));
  }

  @Test
  void textsSayWhatWasSeenAndWhatIsAllowed() {
    assertEquals(
        "alarms on 12 % of 600 rows, 0.4 % before, allowed 5 %",
        text("alarmRate", RolloutCases.alarms(600, 72, 500, 2)));
    assertEquals("p99 of 7.5 ms, 1 ms before, allowed 5 ms", text("latencyP99", latency(7_500)));
    assertEquals(
        "no score on 3.3 % of 1000 rows, allowed 2 %", text("errorRate", counts(1_000, 33, 0)));
    assertEquals("grew by 100 MiB, allowed 64 MiB", text("memory", memory(100 << 20)));
    assertEquals("99 rows, 100 needed", text("minRows", RolloutCases.good(99)));
  }

  @Test
  void belowTheLeastRowsThereIsNoJudgementButOfMemoryAndCrashes() {
    Evidence few = new Evidence(9, 99, 99, 99, 9e9, 0, 0, 99, 0, 0, 0);
    assertEquals(Verdict.INCONCLUSIVE, Gates.together(judge(few)));
    assertEquals(Verdict.INCONCLUSIVE, Gates.together(judge(Evidence.NONE)));
    Evidence leak = new Evidence(9, 0, 0, 0, 0, 0, 65 << 20, 0, 0, 0, 0);
    assertEquals(Verdict.FAIL, Gates.together(judge(leak)));
  }

  @Test
  void aModelThatNeverScoresFailsByItsErrors() {
    assertEquals(Verdict.FAIL, Gates.together(judge(counts(0, 500, 0))));
  }

  @Test
  void ofAProgramOnlyCrashesCount() {
    assertEquals(
        List.of("crashes"),
        Gates.judge(SPEC, PayloadKind.APPLICATION, Evidence.NONE).stream()
            .map(GateResult::gate)
            .toList());
  }

  private static void assertGate(String gate, Evidence good, Evidence bad) {
    assertEquals(Verdict.PASS, result(gate, good).verdict(), gate);
    assertEquals(Verdict.FAIL, result(gate, bad).verdict(), gate);
    assertEquals(Verdict.PASS, Gates.together(judge(good)), gate);
    assertEquals(Verdict.FAIL, Gates.together(judge(bad)), gate);
  }

  private static String text(String gate, Evidence seen) {
    return result(gate, seen).text();
  }

  private static GateResult result(String gate, Evidence seen) {
    return judge(seen).stream()
        .filter(found -> found.gate().equals(gate))
        .findFirst()
        .orElseThrow();
  }

  private static List<GateResult> judge(Evidence seen) {
    return Gates.judge(SPEC, PayloadKind.MODEL, seen);
  }

  private static Evidence latency(double micros) {
    return new Evidence(9, 500, 0, 0, micros, 1_000, 0, 0, 500, 0, 0);
  }

  private static Evidence counts(long rows, long errors, long nans) {
    return new Evidence(9, rows, errors, nans, 10, 10, 0, 0, rows, 0, 0);
  }

  private static Evidence memory(long bytes) {
    return new Evidence(9, 500, 0, 0, 10, 10, bytes, 0, 500, 0, 0);
  }

  private static Evidence crashes(long count) {
    return new Evidence(9, 500, 0, 0, 10, 10, 0, 0, 500, 0, count);
  }
}
