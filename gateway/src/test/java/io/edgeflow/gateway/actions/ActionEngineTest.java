package io.edgeflow.gateway.actions;

import static io.edgeflow.gateway.actions.Switchboard.SECOND;
import static io.edgeflow.gateway.actions.Switchboard.SERIES;
import static io.edgeflow.gateway.actions.Switchboard.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.actions.Switchboard.Rule;
import io.edgeflow.gateway.alarms.AlarmPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActionEngineTest {
  @Test
  void followsItsCauseWithHysteresis() {
    Switchboard board = new Switchboard(Rule.threshold());
    assertNull(board.engine.position("slow"), "nobody knows where the output is");
    board.reads(10);
    assertEquals("off", board.switched(), "now it is known");
    board.reads(20);
    assertEquals("on", board.switched());
    board.reads(25);
    board.reads(18);
    assertEquals("", board.switched(), "within the hysteresis");
    board.reads(17.9);
    assertEquals("off", board.switched());
    assertEquals(
        List.of("action-done off cause", "action-done on cause", "action-done off cause"),
        board.told());
  }

  @Test
  void tellsProgramsWhatItDid() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.now += SECOND;
    board.reads(SERIES, 30, START);
    board.switched();
    var detail = board.details.getFirst();
    assertEquals("slow", detail.get("action"));
    assertEquals("pump/flow above 20.0", detail.get("cause"));
    assertEquals("press-1 coil 3", detail.get("output"));
    assertEquals("on", detail.get("position"));
    assertEquals("true", detail.get("value"));
    assertEquals("true", detail.get("readBack"));
    assertEquals("false", detail.get("dryRun"));
    assertEquals(Long.toString(START / 1000), detail.get("causeTime"));
    assertEquals("1000", detail.get("ageMillis"));
  }

  @Test
  void tellsPeopleWhatItDidAndWhy() {
    Switchboard board = new Switchboard(Rule.of(Switchboard.alarmCause()).rate(2));
    board.switched();
    board.turns(AlarmPhase.UNACKNOWLEDGED);
    board.switched();
    board.turns(AlarmPhase.NORMAL);
    assertEquals(
        List.of(
            "slow is off (press-1 coil 3), because flow.hh of pump/flow does not hold or is"
                + " shelved",
            "slow is on (press-1 coil 3), because flow.hh of pump/flow holds",
            "slow was not switched off (press-1 coil 3): 2 switches a minute are the most"),
        board.messages);
    Switchboard other = new Switchboard(Rule.threshold());
    other.reads(30);
    other.answers(new ActionResult.Differs("false"));
    other.passes(2 * SECOND);
    other.switched();
    assertEquals(
        List.of(
            "slow wrote true to press-1 coil 3, and it reads back as false",
            "slow is on (press-1 coil 3), because pump/flow is above 20.0"),
        other.messages);
  }

  @Test
  void waitsUntilTheCauseHasHeldForItsTime() {
    Switchboard board =
        new Switchboard(Rule.of(new Cause.Threshold(SERIES, false, 5, 0, 3_000_000_000L)));
    board.reads(9);
    board.switched();
    board.reads(4);
    board.passes(2 * SECOND);
    board.reads(6);
    board.reads(4);
    board.passes(2 * SECOND);
    board.reads(4);
    board.passes(SECOND - 1);
    assertEquals("", board.switched(), "it did not hold for 3 s in a row");
    board.passes(1);
    assertEquals("on", board.switched());
  }

  @Test
  void followsAnAlarm() {
    Switchboard board = new Switchboard(Rule.of(Switchboard.alarmCause()));
    assertEquals("off", board.switched(), "at the beginning the alarm is normal");
    board.turns(AlarmPhase.UNACKNOWLEDGED);
    assertEquals("on", board.switched());
    board.turns(AlarmPhase.ACKNOWLEDGED);
    assertEquals("", board.switched());
    board.turns(AlarmPhase.NORMAL);
    assertEquals("off", board.switched());
  }

  @Test
  void beginsWithAnAlarmThatIsOldAndHolds() {
    Switchboard board = new Switchboard(Rule.of(Switchboard.alarmCause()).expires(SECOND));
    board.switched();
    board.engine.begin(
        List.of(Switchboard.alarm(AlarmPhase.ACKNOWLEDGED, START - 3600 * SECOND)),
        board.now,
        board.now * 1000);
    assertEquals("on", board.switched(), "that it holds is known now");
  }

  @Test
  void keepsItsMinimumTimes() {
    Switchboard board = new Switchboard(Rule.threshold().times(10 * SECOND, 20 * SECOND));
    board.reads(30);
    assertEquals("on", board.switched());
    board.reads(0);
    board.passes(10 * SECOND - 1);
    assertEquals("", board.switched());
    board.passes(1);
    assertEquals("off", board.switched());
    board.reads(30);
    board.passes(20 * SECOND - 1);
    assertEquals("", board.switched());
    board.passes(1);
    assertEquals("on", board.switched());
    assertEquals(3, board.told().size(), "waiting is no refusal");
  }

  @Test
  void switchesNoMoreOftenThanItMay() {
    Switchboard board = new Switchboard(Rule.threshold().rate(2));
    StringBuilder switched = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      board.reads(i % 2 == 0 ? 30 : 0);
      switched.append(board.switched()).append(' ');
      board.passes(SECOND / 1000);
    }
    board.reads(30);
    assertEquals("on off", switched.toString().strip().replaceAll(" +", " "));
    assertEquals(
        List.of("action-done on cause", "action-done off cause", "action-refused on rate"),
        board.told(),
        "a flapping cause is no flood of events");
    board.passes(60 * SECOND);
    assertEquals("on", board.switched(), "later it may");
  }

  @Test
  void refusesCausesThatAreTooOld() {
    Switchboard board = new Switchboard(Rule.threshold().expires(5 * SECOND));
    board.reads(SERIES, 30, START - 6 * SECOND);
    assertEquals("", board.switched());
    assertEquals(List.of("action-refused on expired"), board.told());
    board.reads(SERIES, 30, START - 5 * SECOND);
    assertEquals("on", board.switched());
  }

  @Test
  void doesNotFollowReadingsThatAreOvertaken() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.reads(0);
    board.switched();
    board.reads(SERIES, 30, START - 1);
    assertEquals("", board.switched());
  }

  @Test
  void staysOffWhileItsInterlockDoesNotHold() {
    Switchboard board = new Switchboard(Rule.threshold().interlock("pump/running == 1"));
    board.reads(30);
    assertEquals("off", board.switched(), "nothing is known of the pump");
    assertEquals(List.of("action-refused on interlock", "action-done off interlock"), board.told());
    board.reads("pump/running", 0, board.now);
    assertEquals("", board.switched());
    board.reads("pump/running", 1, board.now);
    board.reads("pump/running", 0, board.now - 1);
    assertEquals("on", board.switched(), "what is overtaken does not count");
    board.reads("pump/running", 0, board.now);
    assertEquals("off", board.switched(), "it must hold to stay on, too");
    assertEquals(List.of("action-done on cause", "action-done off interlock"), board.told());
  }

  @Test
  void asksAlarmsInItsInterlock() {
    Switchboard board =
        new Switchboard(Rule.threshold().interlock("not alarm(flow.hh, pump/flow)"));
    board.reads(30);
    assertEquals("on", board.switched());
    board.turns(AlarmPhase.UNACKNOWLEDGED);
    assertEquals("off", board.switched());
    board.turns(AlarmPhase.RETURNED);
    assertEquals("on", board.switched());
  }

  @Test
  void goesToItsSafePositionWhenTheSourceIsGone() {
    Switchboard board =
        new Switchboard(
            Rule.threshold()
                .times(3600 * SECOND, 3600 * SECOND)
                .rate(1)
                .stale(10 * SECOND, ActionRule.Safe.OFF));
    board.reads(30);
    assertEquals("on", board.switched());
    board.passes(10 * SECOND - 1);
    assertEquals("", board.switched());
    board.passes(1);
    assertEquals("off", board.switched(), "it waits for neither minimum time nor rate");
    assertEquals(List.of("action-done on cause", "action-done off source-gone"), board.told());
  }

  @Test
  void knowsThatASourceIsThereByItsReadings() {
    Switchboard board = new Switchboard(Rule.threshold().stale(10 * SECOND, ActionRule.Safe.OFF));
    for (int i = 0; i < 5; i++) {
      board.reads(30);
      board.passes(6 * SECOND);
    }
    assertEquals("on", board.switched());
  }

  @Test
  void goesToItsSafePositionWhenNothingEverComes() {
    Switchboard board = new Switchboard(Rule.threshold().stale(10 * SECOND, ActionRule.Safe.ON));
    board.passes(10 * SECOND);
    assertEquals("on", board.switched());
    Switchboard holds = new Switchboard(Rule.threshold().stale(10 * SECOND, ActionRule.Safe.HOLD));
    holds.reads(30);
    holds.switched();
    holds.passes(60 * SECOND);
    assertEquals("", holds.switched());
  }

  @Test
  void isNoSignOfLifeIfItIsBad() {
    Switchboard board = new Switchboard(Rule.threshold().stale(10 * SECOND, ActionRule.Safe.OFF));
    board.reads(30);
    board.switched();
    board.passes(9 * SECOND);
    board.engine.reading(SERIES, board.now, 30, null, false, board.now, board.now * 1000);
    board.passes(SECOND);
    assertEquals("off", board.switched());
  }

  @Test
  void triesAgainWhatFailed() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.reads(30);
    board.answers(new ActionResult.Failed("unreachable", "connection refused"));
    assertNull(board.engine.position("slow"));
    board.passes(SECOND - 1);
    assertTrue(board.written.isEmpty());
    board.passes(1);
    board.answers(new ActionResult.Failed("unreachable", "connection refused"));
    board.passes(2 * SECOND - 1);
    assertTrue(board.written.isEmpty(), "it waits longer each time");
    board.passes(1);
    assertEquals("on", board.switched());
    assertEquals(List.of("action-refused on unreachable", "action-done on cause"), board.told());
  }

  /** A write without an answer may have been done. */
  @Test
  void doesNotBelieveTheOldPositionAfterAFailure() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.reads(30);
    assertEquals("on", board.switched());
    board.reads(0);
    board.answers(new ActionResult.Failed("timeout", "no answer"));
    board.reads(30);
    board.passes(SECOND);
    assertEquals("on", board.switched(), "it is written again");
  }

  @Test
  void tellsWhenTheOutputIsSomethingElseAndTriesAgain() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.reads(30);
    board.answers(new ActionResult.Differs("false"));
    assertEquals(List.of("action-differs on "), board.told());
    assertEquals("false", board.details.getFirst().get("readBack"));
    board.passes(SECOND);
    assertEquals("on", board.switched());
  }

  @Test
  void decidesNothingNewWhileACommandIsUnderWay() {
    Switchboard board = new Switchboard(Rule.threshold());
    board.reads(30);
    board.reads(0);
    board.passes(60 * SECOND);
    assertEquals(1, board.written.size());
    assertEquals("on off", board.switched(), "and then it does what is wanted by then");
  }

  @Test
  void writesNothingInADryRun() {
    Switchboard board = new Switchboard(Rule.threshold().dry());
    board.reads(30);
    board.reads(0);
    assertTrue(board.written.isEmpty());
    assertEquals(List.of("action-done on cause", "action-done off cause"), board.told());
    assertEquals("true", board.details.getFirst().get("dryRun"));
  }
}
