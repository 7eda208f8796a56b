package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.cloud.rollout.Phase.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people may ask, phase by phase. */
final class CommandsTest {
  private static final String NO = "refused";

  @Test
  void everyCommandInEveryPhase() {
    Map<Phase, List<String>> table = new LinkedHashMap<>();
    // In the order start, pause, resume, abort, undo.
    table.put(new Phase.Draft(), List.of("queued", NO, NO, "aborted", NO));
    table.put(new Phase.Queued("r-0"), List.of(NO, "paused", NO, "aborted", NO));
    table.put(new Phase.Running(0), List.of(NO, "paused", NO, "rolling-back", "rolling-back"));
    table.put(new Phase.Paused(0, ""), List.of(NO, NO, "running", "rolling-back", "rolling-back"));
    table.put(new Phase.RollingBack(Cause.FAILURE, ""), List.of(NO, NO, NO, NO, NO));
    table.put(new Phase.RollingBack(Cause.ABORT, ""), List.of(NO, NO, NO, NO, "rolling-back"));
    table.put(new Phase.RollingBack(Cause.UNDO, ""), List.of(NO, NO, NO, NO, NO));
    table.put(new Phase.Done(), List.of(NO, NO, NO, NO, "rolling-back"));
    table.put(new Phase.RolledBack(""), List.of(NO, NO, NO, NO, NO));
    table.put(new Phase.Aborted(""), List.of(NO, NO, NO, NO, "rolling-back"));
    table.forEach(
        (phase, expected) -> {
          List<String> found = new ArrayList<>();
          for (Verb verb : Verb.values()) {
            found.add(answer(phase, verb));
          }
          assertEquals(expected, found, phase::toString);
        });
  }

  @Test
  void whatHasChangedNothingYetHasNothingToUndo() {
    for (Phase unheard : List.of(new Phase.Running(-1), new Phase.Queued(""))) {
      assertEquals("paused", unstarted(unheard, Verb.PAUSE));
      assertEquals("aborted", unstarted(unheard, Verb.ABORT));
      assertEquals(NO, unstarted(unheard, Verb.UNDO));
    }
    assertEquals("aborted", unstarted(new Phase.Paused(-1, ""), Verb.ABORT));
    assertEquals("queued", unstarted(new Phase.Paused(-1, ""), Verb.RESUME));
    assertEquals(NO, unstarted(new Phase.Paused(-1, ""), Verb.UNDO));
    assertEquals(NO, unstarted(new Phase.Aborted(""), Verb.UNDO));
  }

  @Test
  void theHistorySaysWhoAndWhy() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "");
    Note note = cases.notes.getLast();
    assertEquals(new Note(cases.now.toEpochMilli(), "", "ada", "start: because"), note);
  }

  @Test
  void resumingGivesTheWaveItsTimeAnew() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "wait: 2h");
    cases.step();
    cases.step(Duration.ofHours(2));
    assertEquals("paused", cases.phase("r-1").word());
    cases.order("r-1", Verb.RESUME);
    cases.step(Duration.ofMinutes(119));
    assertEquals("running", cases.phase("r-1").word());
    cases.step(Duration.ofMinutes(1));
    assertEquals("paused", cases.phase("r-1").word());
  }

  private static String answer(Phase phase, Verb verb) {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    return answer(cases, cases.rollout("r-1").to(phase, cases.now), verb);
  }

  private static String unstarted(Phase phase, Verb verb) {
    var cases = RolloutCases.of(0);
    cases.start("r-1", "");
    return answer(cases, cases.rollout("r-1").to(phase, cases.now), verb);
  }

  private static String answer(RolloutCases cases, RolloutState state, Verb verb) {
    cases.rollouts.put("r-1", state);
    return switch (cases.order("r-1", verb)) {
      case Answered.Changed(RolloutState next, Note _) -> next.phase().word();
      case Answered.Refused _ -> NO;
    };
  }
}
