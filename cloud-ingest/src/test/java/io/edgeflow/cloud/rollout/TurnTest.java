package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.Digests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several rollouts over the same edges. */
final class TurnTest {
  private static final String NEWER = Digests.of("newer");

  @Test
  void theLaterOneOverTheSameSlotWaitsUntilTheFirstEnds() {
    var cases = RolloutCases.of(2);
    cases.start("r-17", "waves: [1, 100%]");
    cases.now = cases.now.plus(Duration.ofSeconds(1));
    cases.start("r-18", "waves: [100%]; selector: {edges: [pi-1]}", NEWER);
    cases.step();
    assertEquals(new Phase.Queued("r-17"), cases.phase("r-18"));
    cases.order("r-17", Verb.PAUSE);
    cases.step();
    assertEquals(new Phase.Queued("r-17"), cases.phase("r-18"), "a pause is no end");
    cases.order("r-17", Verb.ABORT);
    cases.step();
    assertEquals(new Phase.Queued("r-17"), cases.phase("r-18"), "nor is the way back");
    cases.edges.values().forEach(TestEdge::proves);
    cases.step();
    assertEquals("aborted", cases.phase("r-17").word());
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-18"));
    assertEquals(List.of("pi-1"), cases.asked(NEWER));
  }

  @Test
  void whoCameFirstGoesFirstThoughItWaitsItself() {
    var cases = RolloutCases.of(2);
    String[] edges = {"pi-1", "'*'", "pi-2"};
    for (int i = 0; i < edges.length; i++) {
      cases.start("r-" + i, "selector: {edges: [" + edges[i] + "]}");
      cases.now = cases.now.plus(Duration.ofSeconds(1));
    }
    cases.step();
    assertEquals(new Phase.Queued("r-0"), cases.phase("r-1"));
    assertEquals(new Phase.Queued("r-1"), cases.phase("r-2"));
  }

  /** What is selected may change while the older one waits: two are never over the same edges. */
  @Test
  void theOlderWaitsForOneThatHasBegunPausedOrNot() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "selector: {labels: {hall: '3'}}");
    cases.order("r-1", Verb.PAUSE);
    cases.now = cases.now.plus(Duration.ofSeconds(1));
    cases.start("r-2", "", NEWER);
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-2"));
    cases.edge("pi-1").labels = Map.of("hall", "3");
    cases.order("r-1", Verb.RESUME);
    cases.step();
    assertEquals(new Phase.Queued("r-2"), cases.phase("r-1"));
    cases.order("r-2", Verb.PAUSE);
    cases.step();
    assertEquals(new Phase.Queued("r-2"), cases.phase("r-1"), "a pause is no end");
    assertEquals(List.of("pi-1"), cases.asked(NEWER));
  }

  @Test
  void draftsAndOthersOfOtherEdgesHoldUpNobody() {
    var cases = RolloutCases.of(2);
    FleetSpec all = RolloutCases.spec("");
    cases.rollouts.put(
        "r-1", RolloutState.draft("r-1", all, RolloutCases.target(all, NEWER), cases.now));
    cases.start("r-2", "selector: {edges: [pi-1]}");
    cases.start("r-3", "selector: {edges: [pi-2]}", NEWER);
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-2"));
    assertEquals(new Phase.Running(0), cases.phase("r-3"));
  }

  @Test
  void differentSlotsRunTogetherButOneEdgeIsChangedByOneAtATime() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "waves: [100%]; selector: {edges: [pi-1]}");
    cases.start("r-2", "waves: [100%]; slot: wear", NEWER);
    cases.step();
    assertEquals(List.of("pi-2"), cases.asked(NEWER));
    assertEquals("is being changed by r-1", cases.member("r-2", "pi-1").detail());
    cases.edge("pi-1").says(DeployState.ACTIVE, false, RolloutCases.good(10));
    cases.step();
    assertEquals(List.of("pi-2"), cases.asked(NEWER), "it soaks yet");
    cases.edge("pi-1").proves();
    cases.edge("pi-2").proves();
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-2"), "one of its edges has yet to begin");
    assertEquals(List.of("pi-1", "pi-2"), cases.asked(NEWER));
    cases.edge("pi-1").proves();
    cases.step();
    assertEquals(new Phase.Done(), cases.phase("r-2"));
  }

  /** A document names a slot once, whatever runs in it. */
  @Test
  void aSlotAndAProgramOfTheSameNameAreOnePlace() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]; slot: application");
    cases.now = cases.now.plus(Duration.ofSeconds(1));
    cases.start("r-2", "waves: [100%]; program: application", NEWER);
    cases.edge("pi-1").online = false;
    cases.step();
    assertEquals(new Phase.Queued("r-1"), cases.phase("r-2"));
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.NEW));
  }

  @Test
  void anEdgeThatIsAwayIsChangedByNobody() {
    var cases = RolloutCases.of(1);
    cases.edge("pi-1").online = false;
    cases.start("r-1", "waves: [100%]");
    cases.start("r-2", "waves: [100%]; slot: wear", NEWER);
    cases.step();
    assertEquals(2, cases.edge("pi-1").asked.size());
  }

  @Test
  void anOlderOneIsUndoneOnlyWhenTheNewerOneHasEnded() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    cases.edge("pi-1").proves();
    cases.step();
    cases.now = cases.now.plus(Duration.ofSeconds(1));
    cases.start("r-2", "waves: [100%]", NEWER);
    cases.step();
    assertEquals(
        new Answered.Refused("r-2 came after it over the same edges: end that first"),
        cases.order("r-1", Verb.UNDO));
    cases.order("r-2", Verb.UNDO);
    cases.step();
    cases.edge("pi-1").proves();
    cases.step();
    assertEquals("rolled-back", cases.phase("r-2").word());
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.NEW));
  }
}
