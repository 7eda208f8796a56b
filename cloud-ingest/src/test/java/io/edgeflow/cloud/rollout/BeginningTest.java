package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.wire.document.Digests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rollouts that are started before the cloud knows one of their edges. */
final class BeginningTest {
  private static final Phase WAITS = new Phase.Running(-1);
  private static final String UNHEARD =
      "no edge that the selector names has been heard yet; pauses at 2026-03-02T14:00:00Z if that"
          + " stays so";

  @Test
  void waitsForTheFirstEdgeAndSaysSo() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "wait: 2h");
    cases.step();
    assertEquals(WAITS, cases.phase("r-1"));
    assertEquals("waits: " + UNHEARD, cases.notes.getLast().text());
    assertEquals("running", progress(cases).phase());
    assertEquals("waits: " + UNHEARD, progress(cases).text());
    cases.step(Duration.ofMinutes(119));
    assertEquals(WAITS, cases.phase("r-1"));
    cases.add(new TestEdge("pi-1"));
    cases.step();
    cases.step(Duration.ofSeconds(30));
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.NEW));
  }

  @Test
  void anEdgeThatTheSelectorDoesNotNameBeginsNothing() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "wait: 2h; selector: {edges: [pump-*]}");
    cases.step();
    assertEquals("waits: " + UNHEARD, progress(cases).text());
  }

  @Test
  void pausesWhenItsWaitIsOver() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "wait: 2h");
    cases.step();
    cases.step(Duration.ofHours(2).minusSeconds(1));
    assertEquals(WAITS, cases.phase("r-1"));
    cases.step(Duration.ofSeconds(1));
    assertEquals(
        new Phase.Paused(-1, "no edge that the selector names was heard in time"),
        cases.phase("r-1"));
    cases.order("r-1", Verb.RESUME);
    cases.step();
    assertEquals(WAITS, cases.phase("r-1"), "it waits anew");
  }

  /** A cloud that could hear nobody has not waited for anybody. */
  @Test
  void hearsForAWhileBeforeItGivesUp() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "wait: 2h; silentAfter: 10m");
    cases.step();
    cases.listening = cases.now.plus(Duration.ofHours(3));
    cases.step(Duration.ofHours(3));
    assertEquals(WAITS, cases.phase("r-1"));
    cases.step(Duration.ofMinutes(10));
    assertEquals("paused", cases.phase("r-1").word());
  }

  /** Its hello comes a moment before its report. */
  @Test
  void anEdgeThatHasNotSaidThatItTakesDocumentsHasNotBeenHeard() {
    var cases = RolloutCases.of(1);
    cases.edge("pi-1").said = Optional.empty();
    cases.start("r-1", "shadow: 0s; wait: 2h");
    cases.step();
    assertEquals(WAITS, cases.phase("r-1"));
    assertEquals(
        "waits: no edge that is selected can take it yet; pauses at 2026-03-02T14:00:00Z if that"
            + " stays so",
        progress(cases).text());
    assertEquals("has not said that it takes documents", cases.member("r-1", "pi-1").detail());
    cases.edge("pi-1").saw();
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
  }

  @Test
  void whatTheDatabaseRemembersNeedsNoWait() {
    var cases = RolloutCases.of(4);
    cases.listening = cases.now;
    cases.edges.values().forEach(edge -> edge.online = false);
    cases.start("r-1", "waves: [1, 100%]");
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    assertEquals(2, cases.rollout("r-1").waves());
  }

  /** A wave of a tenth is a tenth of those who return together, not of the first who is back. */
  @Test
  void drawsThoseTogetherWhoAreHeardTogether() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "waves: [1, 10%, 50%, 100%]");
    cases.step();
    for (int i = 1; i <= 20; i++) {
      cases.add(new TestEdge("pi-" + i));
      cases.step(Duration.ofSeconds(1));
      assertEquals(List.of(), cases.asked(RolloutCases.NEW));
    }
    assertEquals(
        "begins in a moment: the first edges that are selected have been heard",
        progress(cases).text());
    cases.step(Duration.ofSeconds(11));
    assertEquals(
        List.of(1, 1, 8, 10), List.of(0, 1, 2, 3).stream().map(w -> size(cases, w)).toList());
    assertEquals(1, cases.asked(RolloutCases.NEW).size());
  }

  @Test
  void whoHurriesIsNotHeldUp() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "shadow: 2s");
    cases.step();
    cases.add(new TestEdge("pi-1"));
    cases.step();
    assertEquals(WAITS, cases.phase("r-1"));
    cases.step(Duration.ofSeconds(2));
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
  }

  /** However late they come, the first wave stays as small as it was asked to be. */
  @Test
  void whoComesAfterTheDrawIsNeverInTheFirstOfSeveralWaves() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [1, 10%, 100%]");
    cases.step();
    for (int i = 2; i <= 9; i++) {
      cases.add(new TestEdge("pi-" + i));
    }
    cases.step();
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.NEW));
    assertEquals(8, size(cases, 1));
    cases.edge("pi-1").proves();
    cases.step();
    cases.step();
    assertEquals(new Phase.Running(1), cases.phase("r-1"));
    assertEquals(9, cases.asked(RolloutCases.NEW).size());
  }

  @Test
  void whoRefusesItIsNoReasonToGiveUpOnTheOthers() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "shadow: 0s");
    cases.step();
    cases.add(new TestEdge("pi-1")).denied.add(RolloutCases.NEW);
    cases.step();
    assertEquals(WAITS, cases.phase("r-1"));
    cases.add(new TestEdge("pi-2"));
    cases.step();
    assertEquals(List.of("pi-2"), cases.asked(RolloutCases.NEW));
  }

  @Test
  void ofTwoThatWaitTheOlderBegins() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "shadow: 0s");
    cases.now = cases.now.plusSeconds(1);
    cases.start("r-2", "shadow: 0s", Digests.of("newer"));
    cases.step();
    assertEquals(WAITS, cases.phase("r-2"));
    cases.add(new TestEdge("pi-1"));
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
    assertEquals(new Phase.Queued("r-1"), cases.phase("r-2"));
  }

  @Test
  void aPersonMayPauseOrAbortIt() {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "");
    cases.step();
    assertEquals(
        new Answered.Refused("it is running: there is nothing to undo"),
        cases.order("r-1", Verb.UNDO));
    cases.order("r-1", Verb.PAUSE);
    cases.add(new TestEdge("pi-1"));
    cases.step();
    assertEquals(new Phase.Paused(-1, "because"), cases.phase("r-1"));
    cases.order("r-1", Verb.ABORT);
    assertEquals(new Phase.Aborted("because"), cases.phase("r-1"));

    cases.start("r-2", "selector: {edges: [none]}");
    cases.step();
    cases.order("r-2", Verb.ABORT);
    assertEquals(new Phase.Aborted("because"), cases.phase("r-2"));
    assertEquals(List.of(), cases.orders);
  }

  private static int size(RolloutCases cases, int wave) {
    return cases.wave("r-1", wave).size();
  }

  private static Progress progress(RolloutCases cases) {
    return Progress.of(cases.rollout("r-1"), cases.fleet(), cases.now);
  }
}
