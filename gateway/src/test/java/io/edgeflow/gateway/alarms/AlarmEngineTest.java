package io.edgeflow.gateway.alarms;

import static io.edgeflow.gateway.alarms.Panel.MINUTE;
import static io.edgeflow.gateway.alarms.Panel.SECOND;
import static io.edgeflow.gateway.alarms.Panel.START;
import static io.edgeflow.gateway.alarms.Panel.high;
import static io.edgeflow.gateway.alarms.Panel.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmEngineTest {
  @Test
  void goesThroughTheStatesOfTheTrade() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(19.9);
    assertEquals("normal", panel.state());
    panel.reads(20);
    assertEquals("unacknowledged", panel.state());
    panel.acknowledges();
    assertEquals("acknowledged", panel.state());
    panel.reads(19);
    assertEquals("normal", panel.state());
    panel.reads(21);
    panel.reads(19);
    assertEquals("returned-unacknowledged", panel.state());
    panel.reads(22);
    assertEquals("unacknowledged", panel.state());
    panel.reads(19);
    panel.acknowledges();
    assertEquals("normal", panel.state());
    assertEquals(
        List.of(
            "alarm-raised",
            "alarm-acknowledged",
            "alarm-returned",
            "alarm-raised",
            "alarm-returned",
            "alarm-raised",
            "alarm-returned",
            "alarm-acknowledged"),
        panel.words());
    assertTrue(panel.book.all().isEmpty(), "a normal alarm is nothing to remember");
  }

  @Test
  void roundsForPeopleAndNotForPrograms() {
    Panel panel = Panel.of(high(1, 0));
    panel.reads(0, 6.481480121612549, START, Quality.GOOD);
    panel.reads(0, 0.123456, START + SECOND, Quality.GOOD);
    assertEquals(
        List.of(
            "pump/flow is 6.481, limit H is 1 (flow)",
            "pump/flow is 0.1235, back below limit H of 1 (flow)"),
        panel.told.stream().map(EventRow::message).toList());
    assertEquals("6.481480121612549", panel.told.getFirst().detail().get("value"));
    assertEquals("0.123456", panel.told.getLast().detail().get("value"));
  }

  @Test
  void tellsProgramsWhatItTellsPeople() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(0, 21.5, START - SECOND, Quality.GOOD);
    EventRow event = panel.told.getFirst();
    assertEquals(START - SECOND, event.timeMicros(), "the time of the reading");
    assertEquals(EventSeverity.ALARM, event.severity());
    assertEquals("pump/flow", event.series());
    assertEquals("pump/flow is 21.5, limit H is 20 (flow)", event.message());
    assertEquals(panel.id(), event.detail().get("alarm"));
    assertEquals("flow", event.detail().get("rule"));
    assertEquals("limit-h", event.detail().get("condition"));
    assertEquals("20.0", event.detail().get("limit"));
    assertEquals("21.5", event.detail().get("value"));
    assertEquals("high", event.detail().get("priority"));
    assertEquals("normal", event.detail().get("previous"));
    assertEquals("unacknowledged", event.detail().get("state"));
    assertEquals(Long.toString((START - SECOND) / 1000), event.detail().get("raised"));
    assertEquals(Long.toString(START / 1000), event.detail().get("noticed"));
    assertEquals(16, panel.id().length());
  }

  @Test
  void returnsOnlyBeyondTheDeadband() {
    Panel high = Panel.of(high(20, 2));
    Panel low = Panel.of(new AlarmCondition.Limit(AlarmCondition.Level.LL, 5, 1));
    high.reads(20);
    high.reads(18);
    assertEquals("unacknowledged", high.state(), "still within the deadband");
    high.reads(17.9);
    assertEquals("returned-unacknowledged", high.state());
    low.reads(5);
    low.reads(6);
    assertEquals("unacknowledged", low.state(), "still within the deadband");
    low.reads(6.1);
    assertEquals("returned-unacknowledged", low.state());
  }

  @Test
  void waitsForItsDelaysByTheTimesOfReadings() {
    Panel panel = delayed();
    panel.reads(0, 30, START, Quality.GOOD);
    panel.reads(0, 30, START + 4 * SECOND, Quality.GOOD);
    assertEquals("normal", panel.state());
    panel.reads(0, 10, START + 5 * SECOND, Quality.GOOD);
    panel.reads(0, 30, START + 6 * SECOND, Quality.GOOD);
    panel.reads(0, 30, START + 10 * SECOND, Quality.GOOD);
    assertEquals("normal", panel.state(), "it did not hold for 5 s in a row");
    panel.reads(0, 30, START + 11 * SECOND, Quality.GOOD);
    assertEquals("unacknowledged", panel.state());
    panel.reads(0, 10, START + 12 * SECOND, Quality.GOOD);
    panel.reads(0, 10, START + 20 * SECOND, Quality.GOOD);
    assertEquals("unacknowledged", panel.state());
    panel.reads(0, 10, START + 22 * SECOND, Quality.GOOD);
    assertEquals("returned-unacknowledged", panel.state());
  }

  @Test
  void waitsForItsDelaysByMonotonicTimeWhenNothingComes() {
    Panel panel = delayed();
    panel.reads(30);
    panel.passes(5 * SECOND - 1);
    assertEquals("normal", panel.state());
    assertFalse(panel.engine.idle());
    panel.passes(1);
    assertEquals("unacknowledged", panel.state());
    assertEquals(START + 5 * SECOND, panel.told.getFirst().timeMicros());
    assertTrue(panel.engine.idle(), "nothing changes by time alone");
    panel.reads(10);
    panel.passes(10 * SECOND);
    assertEquals("returned-unacknowledged", panel.state());
  }

  private static Panel delayed() {
    Panel panel = new Panel(List.of(rule("flow", high(20, 0), 5 * SECOND, 10 * SECOND)));
    panel.define("pump/flow");
    return panel;
  }

  @Test
  void judgesTheRateOfChangeOverItsSpan() {
    Panel panel = Panel.of(new AlarmCondition.Rate(true, 2, 0.5, 10 * SECOND));
    panel.reads(0);
    panel.passes(SECOND);
    panel.reads(100);
    assertEquals("normal", panel.state(), "a jump within a tenth of the span is no rate");
    for (int second = 2; second <= 10; second++) {
      panel.passes(SECOND);
      panel.reads(second * 2);
    }
    assertEquals("unacknowledged", panel.state());
    assertEquals("2.0", panel.book.all().iterator().next().value());
    panel.passes(10 * SECOND);
    panel.reads(20 + 16);
    assertEquals("unacknowledged", panel.state(), "1.6 a second is within the deadband");
    panel.passes(10 * SECOND);
    panel.reads(36 + 14);
    assertEquals("returned-unacknowledged", panel.state());
  }

  @Test
  void judgesTheRateOfReadingsThatAreFurtherApartThanTheSpan() {
    Panel panel = Panel.of(new AlarmCondition.Rate(false, 1, 0, 10 * SECOND));
    panel.reads(100);
    panel.passes(MINUTE);
    panel.reads(41);
    assertEquals("normal", panel.state(), "59 in a minute");
    panel.passes(MINUTE);
    panel.reads(-19);
    assertEquals("unacknowledged", panel.state(), "60 in a minute");
  }

  @Test
  void raisesWhenNothingUsableComes() {
    Panel panel = Panel.of(new AlarmCondition.Stale(30 * SECOND));
    panel.passes(20 * SECOND);
    panel.reads(1);
    panel.passes(20 * SECOND);
    panel.reads(0, 1, panel.now, Quality.BAD);
    panel.passes(10 * SECOND - 1);
    assertEquals("normal", panel.state());
    panel.passes(1);
    assertEquals("unacknowledged", panel.state(), "a bad reading is no sign of life");
    assertEquals("pump/flow has sent nothing usable for 30 s (flow)", message(panel));
    assertTrue(panel.engine.idle());
    panel.reads(1);
    assertEquals("returned-unacknowledged", panel.state());
    assertFalse(panel.engine.idle());
  }

  private static String message(Panel panel) {
    return panel.told.getFirst().message();
  }

  @Test
  void knowsStatesAndTexts() {
    Panel texts = Panel.of(new AlarmCondition.State(List.of("fault", "trip"), true));
    texts.reads("running");
    assertEquals("normal", texts.state());
    texts.reads("trip");
    assertEquals("unacknowledged", texts.state());
    texts.reads("running");
    assertEquals("returned-unacknowledged", texts.state());
    Panel numbers = Panel.of(new AlarmCondition.State(List.of("1", "2"), false));
    numbers.reads(2);
    assertEquals("normal", numbers.state());
    numbers.reads(3);
    assertEquals("unacknowledged", numbers.state());
    assertEquals("pump/flow is 3, none of 1, 2 (flow)", message(numbers));
  }

  /** A sensor that was never plugged in is silent too. */
  @Test
  void tellsOfASeriesThatNeverCameIfARuleNamesIt() {
    List<AlarmRule> rules = List.of(stale("silent", "pump/flow"), stale("any", "pump*/flow"));
    Panel panel = new Panel(rules);
    panel.begins();
    panel.define();
    panel.passes(30 * SECOND - 1);
    assertEquals(List.of(), panel.words());
    panel.passes(1);
    assertEquals(List.of("alarm-raised"), panel.words(), "nobody knows what the pattern means");
    assertEquals("silent", panel.engine.list(false).getFirst().rule());

    Panel next = panel.restarted();
    next.begins();
    next.define();
    next.passes(MINUTE);
    assertEquals(List.of(), next.words(), "it is known");
    next.define("pump/flow");
    assertEquals(2, next.engine.list(true).size(), "one alarm for each rule");
    next.reads(1);
    assertEquals(List.of("alarm-returned"), next.words());
  }

  private static AlarmRule stale(String name, String series) {
    return new AlarmRule(
        name, new Glob(series), new AlarmCondition.Stale(30 * SECOND), 0, 0, AlarmPriority.LOW, "");
  }

  @Test
  void learnsNothingFromBadAndStaleReadings() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(0, 30, START, Quality.BAD);
    panel.reads(0, 30, START, Quality.STALE);
    assertEquals("normal", panel.state());
    panel.reads(0, 30, START, Quality.UNCERTAIN);
    assertEquals("unacknowledged", panel.state());
    panel.reads(0, 1, START + 1, Quality.BAD);
    assertEquals("unacknowledged", panel.state());
  }

  @Test
  void tellsNothingOfAShelvedAlarmUntilItsEnd() {
    Panel panel = Panel.of(high(20, 0));
    panel.shelves(MINUTE);
    assertEquals("shelved", panel.state());
    assertEquals(List.of("alarm-shelved"), panel.words());
    panel.reads(30);
    panel.reads(10);
    panel.reads(30);
    assertInstanceOf(AlarmOutcome.Refused.class, panel.acknowledges());
    panel.passes(MINUTE - 1);
    assertEquals(List.of(), panel.words());
    panel.passes(1);
    assertEquals(List.of("alarm-unshelved", "alarm-raised"), panel.words());
    assertEquals("unacknowledged", panel.state());
  }

  @Test
  void remembersOverAShelfWhetherSomebodyHadAcknowledged() {
    Panel acknowledged = Panel.of(high(20, 0));
    acknowledged.reads(30);
    acknowledged.acknowledges();
    acknowledged.shelves(MINUTE);
    acknowledged.unshelves();
    assertEquals("acknowledged", acknowledged.state());
    Panel nobody = Panel.of(high(20, 0));
    nobody.reads(30);
    nobody.shelves(MINUTE);
    nobody.reads(10);
    nobody.unshelves();
    assertEquals("returned-unacknowledged", nobody.state());
  }

  @Test
  void countsAShelfFromTheLastTime() {
    Panel panel = Panel.of(high(20, 0));
    panel.shelves(MINUTE);
    panel.passes(MINUTE / 2);
    panel.shelves(MINUTE);
    panel.passes(MINUTE - 1);
    assertEquals("shelved", panel.state());
    panel.passes(1);
    assertEquals("normal", panel.state());
  }

  @Test
  void toldTwiceTheSameDoesNoHarm() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(30);
    panel.acknowledges();
    panel.words();
    assertInstanceOf(AlarmOutcome.Done.class, panel.acknowledges());
    assertInstanceOf(AlarmOutcome.Done.class, panel.unshelves());
    assertEquals(List.of(), panel.words());
    assertInstanceOf(
        AlarmOutcome.Unknown.class, panel.engine.acknowledge("0123", "ada", "", START));
  }

  @Test
  void makesOneDigestOfReadingsThatComeTooLate() {
    Panel panel =
        new Panel(List.of(rule("high", high(20, 0), 0, 0), rule("top", high(90, 0), 0, 0)));
    panel.define("pump/flow", "pump2/flow");
    long old = START - 16 * MINUTE;
    for (int i = 0; i < 1000; i++) {
      panel.reads(i % 2, i % 100, old + i * SECOND / 100, Quality.GOOD);
      panel.passes(SECOND / 100);
    }
    assertEquals(List.of(), panel.words(), "it goes on");
    panel.passes(10 * SECOND);
    assertEquals(List.of("alarm-digest"), panel.told.stream().map(EventRow::type).toList());
    EventRow digest = panel.told.getFirst();
    assertEquals("800", digest.detail().get("readings.high"));
    assertEquals("100", digest.detail().get("readings.top"));
    assertEquals(Long.toString((old + 20 * SECOND / 100) / 1000), digest.detail().get("from"));
    assertEquals(Long.toString((old + 999 * SECOND / 100) / 1000), digest.detail().get("to"));
    panel.passes(MINUTE);
    assertEquals(1, panel.words().size(), "told once");
    assertTrue(panel.engine.idle());
  }

  @Test
  void tellsOfAStreamOfLateReadingsNowAndThen() {
    Panel panel = Panel.of(high(20, 0));
    for (int second = 0; second < 600; second++) {
      panel.reads(0, 30, panel.now - 16 * MINUTE, Quality.GOOD);
      panel.passes(SECOND);
    }
    assertEquals(List.of("alarm-digest"), panel.words().stream().distinct().toList());
    assertTrue(panel.changes.size() > 600);
  }

  @Test
  void changesNothingByReadingsThatAreOvertaken() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(30);
    panel.reads(0, 10, START - SECOND, Quality.GOOD);
    assertEquals("unacknowledged", panel.state());
    panel.reads(10);
    panel.reads(0, 30, START - SECOND, Quality.GOOD);
    assertEquals("returned-unacknowledged", panel.state());
    panel.passes(10 * SECOND);
    assertEquals(List.of("alarm-raised", "alarm-returned", "alarm-digest"), panel.words());
  }

  @Test
  void boundsWhatOneBatchCanChange() {
    Panel panel = Panel.of(high(20, 0));
    AlarmReading reading = new AlarmReading();
    panel.engine.begin();
    for (int i = 0; i < 3 * AlarmEngine.MOST_TURNS + 1; i++) {
      reading.timeMicros = START + i;
      reading.number = i % 2 == 0 ? 30 : 10;
      panel.engine.reading(reading, START, START * 1000);
    }
    assertEquals(AlarmEngine.MOST_TURNS, panel.changes.size());
    panel.passes(SECOND);
    assertEquals("unacknowledged", panel.state(), "the last reading counts, by the next tick");
  }

  @Test
  void ordersItsListByRuleAndSeries() {
    Panel panel = new Panel(List.of(rule("b", high(20, 0), 0, 0), rule("a", high(90, 0), 0, 0)));
    panel.define("pump9/flow", "pump1/flow", "fan/flow");
    panel.reads(0, 95, START, Quality.GOOD);
    assertEquals(
        List.of("a pump9/flow", "b pump9/flow"),
        panel.engine.list(false).stream().map(a -> a.rule() + " " + a.series()).toList());
    assertEquals(4, panel.engine.list(true).size());
  }
}
