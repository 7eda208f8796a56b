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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What single reports mean, where a small mistake would still end most rollouts rightly. */
final class WatchTest {
  private final RolloutCases cases = new RolloutCases();

  private TestEdge edge(String name) {
    TestEdge edge = cases.add(new TestEdge(name));
    edge.ask(RolloutCases.old());
    return edge.proves();
  }

  private Step step(String edge) {
    return cases.member("r-1", edge).step();
  }

  private static DesiredSlot serving(String digest) {
    return new DesiredSlot(
        PayloadKind.MODEL, "health", "m", "1", digest, "r-1", Duration.ZERO, Duration.ZERO);
  }

  @Test
  void anOldReportBringsNobodyBack() {
    TestEdge edge = edge("pi-1");
    cases.start("r-1", "");
    cases.step();
    long before = edge.number;
    cases.order("r-1", Verb.UNDO);
    cases.step();
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.OLD));
    edge.put(serving(RolloutCases.OLD), DeployState.ACTIVE, true, Evidence.NONE);
    edge.follow(before, edge.document);
    cases.step();
    assertEquals(Step.GOING_BACK, step("pi-1"), "it says so of the document before");
    edge.saw();
    cases.step();
    assertEquals(Step.BACK, step("pi-1"));
  }

  @Test
  void whoServesSomethingElseIsNotBack() {
    TestEdge edge = edge("pi-1");
    cases.start("r-1", "");
    cases.step();
    cases.order("r-1", Verb.UNDO);
    cases.step();
    edge.put(serving(Digests.of("a third one")), DeployState.ACTIVE, true, Evidence.NONE);
    edge.saw();
    cases.step();
    assertEquals(Step.GOING_BACK, step("pi-1"));
    edge.proves();
    cases.step();
    assertEquals(Step.BACK, step("pi-1"));
  }

  @Test
  void whoRejectsItHasFailedUnlessItIsPinned() {
    edge("pi-1");
    edge("pi-2").pinned.add("health");
    cases.edge("pi-2").saw();
    cases.start("r-1", "failures: {most: 0}; waves: [100%]");
    cases.edge("pi-2").pinned.clear();
    cases.edge("pi-2").saw();
    cases.step();
    cases.edge("pi-2").pinned.add("health"); // Just now, at the edge.
    cases.edge("pi-2").says(DeployState.REJECTED, false, Evidence.NONE);
    cases.step();
    assertEquals(Step.UNDERWAY, step("pi-2"));
    cases.edge("pi-1").says(DeployState.REJECTED, false, Evidence.NONE);
    cases.step();
    assertTrue(cases.member("r-1", "pi-1").trouble().isPresent());
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
  }

  @Test
  void aSilentEdgeStaysFailedAtEachLookAndOnceAcceptedIsNotCountedAgain() {
    TestEdge edge = edge("pi-1");
    edge("pi-2");
    cases.start("r-1", "waves: [100%]; failures: {most: 0, then: pause}; enough: 1");
    cases.step();
    edge.says(DeployState.ACTIVE, false, RolloutCases.good(200));
    cases.step();
    edge.online = false;
    edge.heard = Optional.of(cases.now);
    cases.step(Duration.ofMinutes(10));
    assertInstanceOf(Phase.Paused.class, cases.phase("r-1"));
    for (int i = 0; i < 3; i++) {
      cases.step();
      assertTrue(cases.member("r-1", "pi-1").trouble().isPresent(), "look " + i);
    }
    cases.order("r-1", Verb.RESUME);
    cases.step();
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    cases.edge("pi-2").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void failuresCountAgainstTheWaveThatRanThen() {
    for (int i = 0; i < 8; i++) {
      edge("pi-" + i);
    }
    cases.start("r-1", "waves: [4, 100%]; failures: {most: 1}");
    cases.step();
    for (int wave = 0; wave < 2; wave++) {
      List<TestEdge> edges = cases.wave("r-1", wave);
      edges.getFirst().rollsBack();
      edges.subList(1, 4).forEach(TestEdge::proves);
      cases.step();
    }
    assertEquals(new Phase.Done(), cases.phase("r-1"), cases.notes::toString);
  }

  @Test
  void withoutASoakNobodyIsUnjudgedBeforeItServed() {
    TestEdge edge = edge("pi-1");
    edge("pi-2").proves();
    cases.start("r-1", "waves: [100%]; soak: 0s; enough: 1");
    cases.step();
    edge.says(DeployState.ACTIVE, false, Evidence.NONE);
    cases.edge("pi-2").proves();
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"), "one serves it for a moment");
    edge.proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
  }

  @Test
  void whoMayBeginAfterAllBeginsWithItsOwnWave() {
    edge("pi-1");
    edge("pi-2");
    cases.start("r-1", "waves: [50%, 100%]; windows: [{from: '22:00', to: '23:00'}]");
    cases.step();
    TestEdge begins = cases.wave("r-1", 0).getFirst();
    begins.pinned.add("health");
    begins.saw();
    cases.step();
    assertEquals(Step.APART, step(begins.name));
    begins.pinned.clear();
    begins.saw();
    cases.step();
    assertEquals(0, cases.member("r-1", begins.name).wave());
  }

  @Test
  void whoPassedHasPassedWhateverCameAfter() {
    TestEdge edge = edge("pi-1");
    cases.start("r-1", "");
    cases.step();
    edge.proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-1"));
    edge.ask(RolloutCases.old());
    edge.proves();
    cases.step();
    assertEquals(Step.PASSED, step("pi-1"));
  }

  @Test
  void whoNeverComesBackIsWaitedForNoLongerThanForAWave() {
    edge("pi-1");
    cases.start("r-1", "wait: 1h");
    cases.step();
    cases.order("r-1", Verb.UNDO);
    cases.step(Duration.ofMinutes(59));
    assertInstanceOf(Phase.RollingBack.class, cases.phase("r-1"));
    cases.step(Duration.ofMinutes(1));
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
    assertTrue(cases.notes.getLast().text().contains("1 not back in time"), cases.notes::toString);
    cases.edge("pi-1").proves();
    cases.step();
    assertEquals(Step.BACK, step("pi-1"), "and is still watched");
  }

  /** An order that its document may not give would leave it with the bundle that is taken back. */
  @Test
  void whoRefusesWhatItRanBeforeGoesBackToItsConfiguration() {
    TestEdge edge = edge("pi-1");
    cases.start("r-1", "");
    cases.step();
    edge.denied.add(RolloutCases.OLD); // It served while the new one was compared, and failed.
    edge.says(DeployState.ACTIVE, false, RolloutCases.good(200));
    cases.step();
    cases.order("r-1", Verb.UNDO);
    assertEquals("", cases.step().getFirst().slot().digest());
    edge.proves();
    cases.step();
    assertEquals(Step.BACK, step("pi-1"));
    assertInstanceOf(Phase.RolledBack.class, cases.phase("r-1"));
  }

  /** The site was cut off: its orchestrator went on by its mandate. */
  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"ABORT", "UNDO"})
  void whoBeganAloneAfterTheEndIsBroughtBack(Verb verb) {
    edge("pi-1");
    edge("pi-2");
    cases.start("r-1", "waves: [1, 100%]");
    DesiredSlot forward = cases.step().getFirst().slot();
    TestEdge alone = cases.wave("r-1", 1).getFirst();
    cases.order("r-1", verb);
    cases.step();
    cases.wave("r-1", 0).forEach(TestEdge::proves);
    cases.step();
    assertTrue(cases.phase("r-1").ended(), cases.phase("r-1")::word);
    alone.ask(forward);
    cases.step();
    assertEquals(Step.GOING_BACK, step(alone.name));
    assertEquals(List.of(), cases.asked(RolloutCases.NEW));
  }
}
