package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What edges and time do to a rollout, event by event. */
final class ControllerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void goesFromWaveToWaveWhileEverythingPasses() {
    var cases = RolloutCases.of(10);
    cases.start("r-1", "waves: [1, 30%, 100%]");
    for (int expected : new int[] {1, 3, 10}) {
      cases.step();
      assertEquals(expected, cases.asked(RolloutCases.NEW).size());
      assertEquals(List.of(), cases.step(SECOND), "asks nobody twice");
      cases.edges.values().stream().filter(edge -> edge.number > 0).forEach(TestEdge::proves);
    }
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void ordersNameTheBundleItsTimesAndTheRollout() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "shadow: 7m; soak: 9m");
    assertEquals(
        List.of(
            new Order.Issue(
                "pi-1",
                new DesiredSlot(
                    PayloadKind.MODEL,
                    "health",
                    "m",
                    "2",
                    RolloutCases.NEW,
                    "r-1",
                    Duration.ofMinutes(7),
                    Duration.ofMinutes(9)))),
        cases.step());
  }

  @Test
  void onlyReportsThatFollowTheNewestDocumentCount() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [1]");
    cases.step();
    TestEdge edge = cases.edge("pi-1").proves();
    edge.follow(edge.number - 1, edge.document);
    cases.step();
    assertEquals(Step.ISSUED, cases.member("r-1", "pi-1").step(), "a stale number");
    edge.follow(edge.number, Digests.of("another"));
    cases.step();
    assertEquals(Step.ISSUED, cases.member("r-1", "pi-1").step(), "another document");
    edge.saw();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void aFirstWaveOfOneMayNotFailWhateverMayElse() {
    var cases = RolloutCases.of(10);
    cases.edges.values().forEach(edge -> runsOld(edge));
    cases.start("r-1", "failures: {most: 5}");
    cases.step();
    TestEdge first = cases.wave("r-1", 0).getFirst().rollsBack();
    cases.step();
    cases.step();
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
    assertEquals(List.of(), cases.asked(RolloutCases.NEW), "nobody is asked for it any more");
    assertEquals(RolloutCases.OLD, asked(first).digest());
  }

  /** Its report follows a document that another one replaced meanwhile, as when keys change. */
  @Test
  void aFailureThatCrossesWithAnotherDocumentCounts() {
    for (boolean seenBefore : new boolean[] {true, false}) {
      var cases = RolloutCases.of(10);
      cases.start("r-1", "");
      cases.step();
      TestEdge first = cases.wave("r-1", 0).getFirst();
      if (seenBefore) {
        first.says(DeployState.ACTIVE, false, RolloutCases.good(10));
        cases.step();
      }
      first.rollsBack();
      first.number++;
      cases.step();
      cases.step();
      assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"), "seen before: " + seenBefore);
      assertEquals(List.of(), cases.asked(RolloutCases.NEW), "nobody is asked for it any more");
    }
  }

  @Test
  void whoRefusedItBeforeItWasAskedDidNotFail() {
    var cases = RolloutCases.of(10);
    cases.start("r-1", "");
    cases.step();
    cases.wave("r-1", 0).getFirst().denied.add(RolloutCases.NEW);
    cases.step();
    assertInstanceOf(Phase.Running.class, cases.phase("r-1"));
    assertEquals(1, cases.asked(RolloutCases.NEW).size(), "another takes its place");
  }

  @Test
  void everyEdgeThatGotItGoesBackToWhatItRan() {
    var cases = RolloutCases.of(4);
    cases.edges.values().forEach(edge -> runsOld(edge));
    cases.start("r-1", "waves: [2, 100%]; failures: {most: 0}");
    cases.step();
    cases.wave("r-1", 0).forEach(TestEdge::proves);
    cases.step();
    cases.wave("r-1", 1).getFirst().rollsBack();
    cases.step();
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
    assertEquals(4, cases.asked(RolloutCases.OLD).size());
    cases.step();
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"), "nobody said so yet");
    cases.edges.values().forEach(TestEdge::proves);
    cases.step();
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
    assertTrue(cases.rollout("r-1").members().stream().allMatch(m -> m.step() == Step.BACK));
  }

  @Test
  void whatTheConfigurationNamesIsWentBackToByNoDigest() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "");
    cases.step();
    cases.edge("pi-1").says(DeployState.ACTIVE, false, RolloutCases.alarms(600, 72, 500, 2));
    Order.Back back = assertInstanceOf(Order.Back.class, cases.step().getFirst());
    assertEquals("", back.slot().digest());
    assertEquals(Duration.ZERO, back.slot().soak());
    assertEquals(
        "pi-1: alarms on 12 % of 600 rows, 0.4 % before, allowed 5 %",
        cases.phase("r-1") instanceof Phase.RollingBack(var _, String why)
            ? why.substring(why.indexOf("pi-1"))
            : "");
  }

  @Test
  void canBeAskedToPauseInsteadAndGoesOnWithTheFailureAccepted() {
    var cases = RolloutCases.of(4);
    cases.start("r-1", "waves: [1, 100%]; failures: {most: 0, then: pause}");
    cases.step();
    TestEdge first = cases.wave("r-1", 0).getFirst().rollsBack();
    cases.step();
    assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
    assertInstanceOf(Answered.Changed.class, cases.order("r-1", Verb.RESUME));
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    List<TestEdge> another = cases.wave("r-1", 0).stream().filter(e -> e != first).toList();
    assertEquals(1, another.size(), "a wave passes by somebody: the next edge takes the place");
    cases.step();
    another.forEach(TestEdge::proves);
    cases.step();
    assertEquals(new Phase.Running(1), cases.phase("r-1"));
  }

  @Test
  void tooFewRowsAreNoPassHoweverLong() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "waves: [1, 100%]; wait: 2h");
    cases.step();
    cases.wave("r-1", 0).getFirst().says(DeployState.ACTIVE, true, RolloutCases.good(99));
    cases.step(Duration.ofMinutes(119));
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    assertEquals(Verdict.INCONCLUSIVE, verdict(cases, 0));
    cases.step(Duration.ofMinutes(1));
    Phase.Paused paused = assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
    assertTrue(paused.why().contains("1 with too little to judge"), paused::why);
  }

  @Test
  void thoseWhoCannotBeHeardHoldUpNobodyButCountForNothing() {
    var cases = RolloutCases.of(4);
    cases.edge("pi-1").online = false;
    cases.edge("pi-2").online = false;
    cases.start("r-1", "waves: [100%]");
    cases.step();
    assertEquals(4, cases.asked(RolloutCases.NEW).size(), "their documents wait for them");
    cases.edge("pi-3").proves();
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"), "one is still underway");
    cases.edge("pi-4").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    WaveCount count = WaveCount.of(cases.rollout("r-1"), 0, cases.fleet(), cases.now);
    assertEquals(2, count.silent());
    assertEquals(2, count.passed());
    TestEdge late = cases.edge("pi-1");
    late.online = true;
    late.proves();
    cases.step();
    assertEquals(Step.PASSED, cases.member("r-1", "pi-1").step());
  }

  @Test
  void aWaveOfSilentEdgesPassesNever() {
    var cases = RolloutCases.of(3);
    cases.edges.values().forEach(edge -> edge.online = false);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.edge("pi-1").proves();
    cases.step(Duration.ofHours(23));
    assertEquals(new Phase.Running(0), cases.phase("r-1"), "one of three is too few");
    cases.step(Duration.ofHours(1));
    assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
  }

  @Test
  void whoGoesSilentWhileItSoaksHasFailedUntilItIsHeardAgain() {
    var cases = RolloutCases.of(4);
    cases.start("r-1", "waves: [100%]; silentAfter: 10m");
    cases.step();
    TestEdge edge = cases.edge("pi-1").says(DeployState.ACTIVE, false, RolloutCases.good(200));
    edge.online = false;
    edge.heard = Optional.of(cases.now);
    cases.step(Duration.ofMinutes(9));
    assertEquals(0, failed(cases));
    cases.step(Duration.ofMinutes(1));
    assertEquals(1, failed(cases));
    assertEquals(RolloutCases.NEW, asked(edge).digest(), "it may heal");
    edge.online = true;
    edge.heard = Optional.of(cases.now);
    cases.step();
    assertEquals(0, failed(cases));
  }

  @Test
  void whoGoesSilentWhileItTriesItHasFailedToo() {
    var cases = RolloutCases.of(3);
    cases.start("r-1", "waves: [100%]; failures: {most: 0}");
    cases.step();
    cases.edge("pi-1").says(DeployState.DOWNLOADING, false, Evidence.NONE);
    cases.edge("pi-2").says(DeployState.VERIFIED, false, Evidence.NONE);
    cases.step();
    cases.edge("pi-1").online = false;
    cases.edge("pi-2").online = false;
    cases.step(Duration.ofMinutes(10));
    Phase.RollingBack back = assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
    assertTrue(back.why().endsWith("may: pi-2: went silent while it tried it"), back::why);
  }

  @Test
  void anEdgeWasNotSilentWhileTheCloudHeardNobody() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]; silentAfter: 10m; wait: 1h");
    cases.step();
    TestEdge edge = cases.edge("pi-1").says(DeployState.ACTIVE, false, RolloutCases.good(200));
    edge.online = false;
    edge.heard = Optional.of(cases.now);
    cases.step();
    cases.listening = cases.now.plus(Duration.ofHours(5)); // The cloud was down.
    cases.step(Duration.ofHours(5).plusMinutes(9));
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    edge.online = true;
    edge.proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void neverAsksWhoRefusesOrIsPinnedOrTakesNothing() {
    var cases = RolloutCases.of(5);
    cases.edge("pi-1").denied.add(RolloutCases.NEW);
    cases.edge("pi-2").pinned.add("health");
    cases.edge("pi-2").saw();
    cases.edge("pi-3").said = Optional.empty();
    cases.start("r-1", "waves: [1, 100%]; selector: {edges: [pi-1, pi-2, pi-3, pi-4]}");
    cases.step();
    assertEquals(List.of("pi-4"), cases.asked(RolloutCases.NEW));
    cases.edge("pi-4").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    assertEquals(
        List.of(
            "refuses this bundle until somebody forgives it",
            "is pinned",
            "has not said that it takes documents"),
        cases.rollout("r-1").members().stream().limit(3).map(Member::detail).toList());
  }

  @Test
  void whoMayBeAskedLaterComesWithTheLastWaveNeverWithAnEarlierOne() {
    var cases = RolloutCases.of(6);
    cases.edge("pi-1").pinned.add("health");
    cases.edge("pi-1").saw();
    cases.start("r-1", "waves: [1, 50%, 100%]");
    cases.step();
    cases.edge("pi-1").pinned.clear();
    cases.edge("pi-1").saw();
    cases.add(new TestEdge("pi-7"));
    cases.step();
    assertEquals(1, cases.asked(RolloutCases.NEW).size());
    assertEquals(2, cases.member("r-1", "pi-1").wave());
    assertEquals(2, cases.member("r-1", "pi-7").wave());
  }

  @Test
  void wavesThatEndBeforeEverybodyTakeNobodyMore() {
    var cases = RolloutCases.of(4);
    cases.start("r-1", "waves: [1, 50%]");
    cases.step();
    cases.add(new TestEdge("pi-7"));
    cases.step();
    cases.wave("r-1", 0).forEach(TestEdge::proves);
    cases.step();
    cases.wave("r-1", 1).forEach(TestEdge::proves);
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    assertEquals(2, cases.asked(RolloutCases.NEW).size());
  }

  @Test
  void abortedEdgesThatServeItKeepItAndTheOthersGetNone() {
    var cases = RolloutCases.of(4);
    cases.edges.values().forEach(edge -> runsOld(edge));
    cases.edge("pi-4").online = false;
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.edge("pi-1").proves();
    cases.edge("pi-2").says(DeployState.ACTIVE, false, RolloutCases.good(10));
    cases.edge("pi-3").says(DeployState.SHADOW, false, RolloutCases.good(10));
    cases.step();
    cases.order("r-1", Verb.ABORT);
    cases.step();
    assertEquals(List.of("pi-1", "pi-2"), cases.asked(RolloutCases.NEW));
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
    cases.edge("pi-3").proves();
    cases.step();
    assertInstanceOf(Phase.Aborted.class, cases.phase("r-1"));
    TestEdge away = cases.edge("pi-4");
    away.online = true;
    away.proves();
    assertEquals(RolloutCases.OLD, asked(away).digest());
    cases.step();
    assertTrue(cases.rollout("r-1").members().stream().noneMatch(m -> m.step() == Step.GOING_BACK));
  }

  @Test
  void undoneAfterItWasDoneEverybodyGoesBackAtOnceButThoseChangedSince() {
    var cases = RolloutCases.of(4);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.edges.values().forEach(TestEdge::proves);
    cases.step();
    String newer = Digests.of("newer");
    cases.start("r-2", "waves: [100%]; selector: {edges: [pi-1]}", newer);
    cases.step();
    assertInstanceOf(Answered.Refused.class, cases.order("r-1", Verb.UNDO));
    cases.edge("pi-1").proves();
    cases.step();
    assertInstanceOf(Answered.Changed.class, cases.order("r-1", Verb.UNDO));
    cases.step();
    assertEquals(newer, asked(cases.edge("pi-1")).digest());
    assertEquals(List.of("pi-2", "pi-3", "pi-4"), cases.asked(""));
    cases.edges.values().forEach(TestEdge::proves);
    cases.step();
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
  }

  @Test
  void goesBackToWhatTheRolloutBeforeLeft() {
    var cases = RolloutCases.of(1);
    for (String[] each : new String[][] {{"r-1", RolloutCases.OLD}, {"r-2", RolloutCases.NEW}}) {
      cases.start(each[0], "waves: [100%]", each[1]);
      cases.step();
      cases.edge("pi-1").proves();
      cases.step();
    }
    cases.order("r-2", Verb.UNDO);
    cases.step();
    assertEquals(RolloutCases.OLD, asked(cases.edge("pi-1")).digest());
    assertEquals("r-2", asked(cases.edge("pi-1")).rollout());
  }

  @Test
  void whatItRefusesIsNothingToGoBackTo() {
    var cases = RolloutCases.of(2);
    runsOld(cases.edge("pi-1"));
    cases.edge("pi-1").rollsBack(); // Refuses OLD since, and runs what the configuration names.
    cases.start("r-1", "waves: [100%]; failures: {most: 0}");
    cases.step();
    cases.edge("pi-2").rollsBack();
    cases.step();
    assertEquals("", asked(cases.edge("pi-1")).digest());
  }

  @Test
  void ordersThatWereLostAreGivenAgain() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]");
    List<Order> first = cases.step();
    cases.edge("pi-1").asked.clear();
    cases.edge("pi-1").number = 0;
    assertEquals(first, cases.step());
    cases.edge("pi-1").says(DeployState.SHADOW, false, Evidence.NONE);
    cases.order("r-1", Verb.UNDO);
    cases.step();
    cases.edge("pi-1").asked.replaceAll((_, _) -> first.getFirst().slot());
    assertInstanceOf(Order.Back.class, cases.step().getFirst());
  }

  @Test
  void aLostOrderIsNotGivenAgainToWhoRefusesMeanwhile() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    TestEdge edge = cases.edge("pi-1");
    edge.asked.clear();
    edge.denied.add(RolloutCases.NEW);
    edge.follow(0, "");
    assertEquals(List.of(), cases.step());
  }

  @Test
  void whoCannotGoBackIsShownToAPerson() {
    var cases = RolloutCases.of(1);
    runsOld(cases.edge("pi-1"));
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.edge("pi-1").proves();
    cases.order("r-1", Verb.UNDO);
    cases.step();
    cases.edge("pi-1").says(DeployState.FAILED, false, Evidence.NONE);
    cases.step();
    assertEquals(Step.STUCK, cases.member("r-1", "pi-1").step());
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
    assertTrue(cases.notes.stream().anyMatch(note -> note.text().contains("1 stuck")));
  }

  @Test
  void whoIsPinnedAfterItWasAskedHasNotFailedAndGoesOnLater() {
    var cases = RolloutCases.of(3);
    cases.start("r-1", "waves: [100%]; failures: {most: 0}");
    cases.step();
    TestEdge edge = cases.edge("pi-1");
    edge.pinned.add("health");
    edge.says(DeployState.REJECTED, false, Evidence.NONE);
    cases.edge("pi-2").proves();
    cases.edge("pi-3").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    assertEquals("is pinned", cases.member("r-1", "pi-1").detail());
    edge.pinned.clear();
    edge.proves();
    cases.step();
    assertEquals(Step.PASSED, cases.member("r-1", "pi-1").step());
  }

  @Test
  void whoIsPinnedBeforeItSawItsDocumentHoldsUpNobody() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    TestEdge edge = cases.edge("pi-1");
    edge.pinned.add("health");
    edge.follow(0, "");
    cases.edge("pi-2").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void whatItWasAskedForBeforeAndNeverRanIsNothingToGoBackTo() {
    var cases = RolloutCases.of(1);
    TestEdge edge = cases.edge("pi-1");
    runsOld(edge);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.rollouts.clear(); // Somebody lost it; its document is still out.
    cases.start("r-2", "waves: [100%]");
    cases.step();
    cases.order("r-2", Verb.UNDO);
    cases.step();
    assertEquals(RolloutCases.OLD, asked(edge).digest());
  }

  @Test
  void whoIsOnItsWayBackByItselfSaysWhy() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "");
    cases.step();
    TestEdge edge = cases.edge("pi-1");
    edge.denied.add(RolloutCases.NEW);
    edge.says(DeployState.ACTIVE, false, RolloutCases.good(700));
    cases.step();
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
    assertEquals(Optional.of(700L), cases.member("r-1", "pi-1").evidence().map(Evidence::rows));
  }

  @Test
  void aMachineThatStandsStillHoldsUpNobodyWhereEnoughOthersPassed() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "waves: [100%]; soak: 10m");
    cases.step();
    cases.edge("pi-1").proves();
    var idle = new Evidence(1_799, 12, 0, 0, 900, 1_000, 0, 0, 12, 0, 0);
    cases.edge("pi-2").says(DeployState.ACTIVE, false, idle);
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    idle = new Evidence(1_800, 12, 0, 0, 900, 1_000, 0, 0, 12, 0, 0);
    cases.edge("pi-2").says(DeployState.ACTIVE, false, idle);
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    WaveCount count = WaveCount.of(cases.rollout("r-1"), 0, cases.fleet(), cases.now);
    assertEquals(1, count.unjudged());
    assertEquals(1, count.passed());
  }

  @Test
  void aStepInWhichNothingHappensChangesNothing() {
    var cases = RolloutCases.of(4);
    cases.edge("pi-1").zone = java.time.ZoneId.of("Asia/Tokyo");
    cases.start("r-1", "waves: [100%]; windows: [{from: '12:00', to: '13:00'}]");
    cases.step();
    cases.edge("pi-2").says(DeployState.ACTIVE, false, RolloutCases.good(10));
    cases.edge("pi-3").rollsBack();
    cases.step();
    RolloutState before = cases.rollout("r-1");
    cases.step(SECOND);
    assertEquals(before, cases.rollout("r-1"));
  }

  @Test
  void aDisabledModelPausesIt() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "");
    cases.step();
    cases.disabled = java.util.Set.of("m");
    cases.step();
    assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
    assertInstanceOf(Answered.Refused.class, cases.order("r-1", Verb.RESUME));
  }

  @Test
  void pausedItStillGoesBackWhenTooManyFail() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "");
    cases.step();
    cases.order("r-1", Verb.PAUSE);
    cases.wave("r-1", 0).getFirst().rollsBack();
    cases.step();
    cases.step();
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
  }

  @Test
  void pausedNobodyBegins() {
    var cases = RolloutCases.of(3);
    cases.start("r-1", "");
    cases.step();
    cases.order("r-1", Verb.PAUSE);
    cases.wave("r-1", 0).getFirst().proves();
    assertEquals(List.of(), cases.step(Duration.ofDays(3)));
    cases.order("r-1", Verb.RESUME);
    assertEquals(1, cases.step().size());
  }

  @Test
  void aLateFailureCountsAgainstTheWaveThatRuns() {
    var cases = RolloutCases.of(4);
    cases.start("r-1", "waves: [1, 100%]; failures: {most: 0}");
    cases.step();
    TestEdge first = cases.wave("r-1", 0).getFirst().proves();
    cases.step();
    assertEquals(new Phase.Running(1), cases.phase("r-1"));
    first.rollsBack();
    cases.step();
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
  }

  @Test
  void whatASiteDidByItsMandateIsTakenIn() {
    var cases = RolloutCases.of(3);
    cases.start("r-1", "waves: [1, 100%]; failures: {most: 1}");
    DesiredSlot forward = cases.step().getFirst().slot();
    cases.edges.values().forEach(edge -> edge.ask(forward));
    cases.edges.values().forEach(TestEdge::proves);
    cases.step();
    assertEquals(new Phase.Running(1), cases.phase("r-1"));
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"), "and nobody was asked twice");
    assertEquals(1, cases.orders.size());
    assertTrue(cases.rollout("r-1").members().stream().allMatch(m -> m.step() == Step.PASSED));
  }

  @Test
  void whatASiteTookBackHasFailed() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]; failures: {most: 0, then: pause}");
    DesiredSlot forward = cases.step().getFirst().slot();
    cases.edge("pi-1").ask(new Slots(cases.rollout("r-1")).back(Member.Before.CONFIGURED));
    assertTrue(!forward.digest().isEmpty());
    assertEquals(List.of(), cases.step(), "does not quarrel with the site");
    Phase.Paused paused = assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
    assertTrue(paused.why().contains("its site took it back"), paused::why);
  }

  @Test
  void programsPassWithoutScores() {
    var cases = RolloutCases.of(1);
    cases.rollouts.put(
        "r-1",
        RolloutState.draft(
            "r-1",
            RolloutCases.spec("slot: node"),
            new Target(PayloadKind.APPLICATION, "node", "node", "2", RolloutCases.NEW, 1),
            cases.now));
    cases.order("r-1", Verb.START);
    cases.step();
    cases.edge("pi-1").says(DeployState.ACTIVE, true, Evidence.NONE);
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void waitsForEachEdgesWindowAndNotAgainstTheClock() {
    var cases = RolloutCases.of(1);
    cases.edge("pi-1").zone = java.time.ZoneId.of("Europe/Berlin");
    cases.now = Instant.parse("2026-03-06T12:00:00Z"); // A Friday.
    cases.start("r-1", "waves: [100%]; windows: [{days: [mon], from: '22:00', to: '05:00'}]");
    assertEquals(List.of(), cases.step());
    cases.now = Instant.parse("2026-03-09T20:59:59Z");
    assertEquals(List.of(), cases.step());
    assertEquals(new Phase.Running(0), cases.phase("r-1"), "three days are no fault of its");
    cases.now = Instant.parse("2026-03-09T21:00:00Z");
    assertEquals(1, cases.step().size());
  }

  private static void runsOld(TestEdge edge) {
    edge.ask(RolloutCases.old());
    edge.proves();
  }

  private static DesiredSlot asked(TestEdge edge) {
    return edge.asked.values().iterator().next();
  }

  private static Verdict verdict(RolloutCases cases, int wave) {
    return WaveCount.of(cases.rollout("r-1"), wave, cases.fleet(), cases.now).verdict();
  }

  private static int failed(RolloutCases cases) {
    return WaveCount.of(cases.rollout("r-1"), 0, cases.fleet(), cases.now).failed();
  }
}
