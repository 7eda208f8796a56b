package io.edgeflow.gateway.site.mandate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.Deployment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** R6: what a hub does of a rollout alone, move by move. */
final class SiteRolloutTest {
  private final Plan plan = Papers.plan(1, List.of(List.of("a"), List.of("b", "c"), List.of("d")));
  private final Map<String, Deployment> reports = new HashMap<>();
  private final Map<String, Told> told = new HashMap<>();
  private SiteRollout rollout =
      SiteRollout.begin(plan.digest(), Age.begin(Papers.minute(0), plan.issuedMicros()));

  private SiteRollout at(long minute, boolean away) {
    return at(Papers.minute(minute), away);
  }

  private SiteRollout at(Moment now, boolean away) {
    for (int i = 0; i < 10; i++) {
      rollout = rollout.step(plan, new View(away, now, Map.copyOf(reports), Map.copyOf(told)));
    }
    return rollout;
  }

  private void proven(String... edges) {
    for (String edge : edges) {
      reports.put(edge, Papers.proven(edge));
    }
  }

  private Map<String, Long> orders() {
    Map<String, Long> numbers = new HashMap<>();
    rollout.orders(plan).forEach((edge, order) -> numbers.put(edge, order.number()));
    return numbers;
  }

  @Test
  void doesNothingWhileTheCloudIsThere() {
    proven("a", "b", "c");
    assertEquals(0, at(5, false).begun());
    assertEquals(Map.of(), orders());
  }

  @Test
  void beginsEachWaveWhenTheOneBeforeIsProven() {
    assertEquals(1, at(1, true).begun());
    assertEquals(Map.of("a", 10L), orders());
    proven("a");
    assertEquals(2, at(2, true).begun());
    assertEquals(Map.of("a", 10L, "b", 10L, "c", 10L), orders());
    proven("b");
    assertEquals(List.of("c"), at(3, true).open(plan));
    assertEquals(2, rollout.begun());
    proven("c");
    assertEquals(3, at(4, true).begun());
    proven("d");
    assertEquals(Phase.DONE, at(5, true).phase());
    assertEquals(Map.of("a", 10L, "b", 10L, "c", 10L, "d", 10L), orders());
  }

  @Test
  void goesOnWhereTheCloudHadBegun() {
    told.put("b", new Told(10, plan.waves().get(1).getFirst().forward().digest()));
    assertEquals(2, at(1, true).begun());
    assertEquals(Map.of("a", 10L, "b", 10L, "c", 10L), orders(), "the rest of that wave too");
  }

  @Test
  void takesOnlyReportsOnJustThisDocumentForProof() {
    at(1, true);
    reports.put("a", Papers.report("a", 9, DeployState.ACTIVE, true));
    assertEquals(1, at(2, true).begun());
    reports.put("a", Papers.report("b", 10, DeployState.ACTIVE, true));
    assertEquals(1, at(2, true).begun(), "another digest");
    reports.put("a", Papers.report("a", 10, DeployState.ACTIVE, false));
    assertEquals(1, at(2, true).begun(), "not proven yet");
    reports.put("a", Papers.report("a", 10, DeployState.SHADOW, true));
    assertEquals(1, at(2, true).begun(), "not serving");
    proven("a");
    assertEquals(2, at(2, true).begun());
  }

  @Test
  void takesEveryoneBackWhenTooManyFail() {
    at(1, true);
    proven("a");
    at(2, true);
    reports.put("b", Papers.failed("b"));
    proven("c");
    assertEquals(3, at(3, true).begun(), "one may fail");
    reports.put("d", Papers.failed("d"));
    assertEquals(Phase.BACK, at(4, true).phase());
    assertEquals("failed: b, d", rollout.why());
    assertEquals(Map.of("a", 11L, "b", 11L, "c", 11L, "d", 11L), orders());
    reports.put("d", Papers.report("d", 11, DeployState.ACTIVE, true));
    proven("b", "c");
    assertEquals(Phase.BACK, at(900, true).phase(), "and never forward again");
  }

  @Test
  void remembersAFailureThatIsNoLongerReported() {
    at(1, true);
    reports.put("a", Papers.failed("a"));
    at(2, true);
    proven("a", "b");
    reports.put("c", Papers.failed("c"));
    assertEquals(Phase.BACK, at(3, true).phase());
  }

  @Test
  void takesEveryoneBackWhenAWaveTakesTooLong() {
    at(1, true);
    proven("a");
    at(2, true);
    proven("b");
    assertEquals(Phase.HELD, at(22, true).phase());
    assertEquals(Phase.BACK, at(23, true).phase());
    assertTrue(rollout.why().endsWith("c"), rollout.why());
    assertEquals(Map.of("a", 11L, "b", 11L, "c", 11L), orders(), "who never began stays");
  }

  @Test
  void beginsNothingWhenTheMandateIsOverAndStillTakesBack() {
    at(58, true);
    proven("a");
    assertEquals(1, at(60, true).begun());
    assertFalse(rollout.mayGoOn(plan));
    reports.put("a", Papers.failed("a"));
    Plan strict = Papers.plan(0, List.of(List.of("a"), List.of("b")));
    rollout =
        rollout.step(strict, new View(true, Papers.minute(70), Map.copyOf(reports), Map.of()));
    assertEquals(Phase.BACK, rollout.phase());
  }

  @Test
  void holdsStillWhenTheCloudDecidedOtherwise() {
    at(1, true);
    proven("a");
    told.put("b", new Told(12, "d".repeat(64)));
    assertEquals(Phase.VOID, at(2, false).phase());
    assertEquals(Map.of(), orders());
    assertEquals(1, at(3, true).begun());
  }

  @Test
  void holdsStillWhenTheMandateWasTakenBack() {
    at(1, true);
    rollout = rollout.withdrawn();
    proven("a");
    assertEquals(1, at(2, true).begun());
    assertEquals(Map.of(), orders());
  }

  @Test
  void onlyStopsWhenTheCloudIsBack() {
    at(1, true);
    proven("a");
    assertEquals(1, at(2, false).begun());
    assertEquals(Phase.HELD, rollout.phase());
    assertEquals(2, at(3, true).begun(), "and may go on in the next outage");
  }

  @Test
  void countsTimeOverStartsOfTheMachineByTheWallClockOnly() {
    at(1, true);
    proven("a");
    long arrived = plan.issuedMicros();
    Moment booted = new Moment("other", 5, OptionalLong.empty());
    assertEquals(1, at(booted, true).begun(), "how long was it off?");
    long late = arrived + Duration.ofMinutes(61).toMillis() * 1000;
    assertEquals(1, at(new Moment("other", 6, OptionalLong.of(late)), true).begun());
    long early = arrived + Duration.ofMinutes(10).toMillis() * 1000;
    assertEquals(
        1, at(new Moment("other", 7, OptionalLong.of(early)), true).begun(), "it never gets less");
  }

  @Test
  void goesOnAfterAStartOfTheMachineWithinItsTime() {
    at(1, true);
    proven("a");
    long soon = plan.issuedMicros() + Duration.ofMinutes(10).toMillis() * 1000;
    assertEquals(2, at(new Moment("other", 6, OptionalLong.of(soon)), true).begun());
  }

  @Test
  void isNotDeceivedByAWallClockThatGoesBack() {
    Age age = Age.begin(new Moment("boot", 0, OptionalLong.of(5_000_000_000L)), 0);
    Age later = age.at(new Moment("boot", 3_000, OptionalLong.of(1)));
    assertEquals(3_000, later.usedNanos());
    Age jumped = later.at(new Moment("boot", 3_001, OptionalLong.of(5_000_000_100L)));
    assertEquals(100_000, jumped.usedNanos());
    assertTrue(jumped.sure());
  }
}
