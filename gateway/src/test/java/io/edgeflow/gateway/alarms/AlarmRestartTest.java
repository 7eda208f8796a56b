package io.edgeflow.gateway.alarms;

import static io.edgeflow.gateway.alarms.Panel.MINUTE;
import static io.edgeflow.gateway.alarms.Panel.SECOND;
import static io.edgeflow.gateway.alarms.Panel.START;
import static io.edgeflow.gateway.alarms.Panel.high;
import static io.edgeflow.gateway.alarms.Panel.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.frame.EventRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the next process makes of the book, and of the latest readings. */
final class AlarmRestartTest {
  @Test
  void remembersWhereEveryAlarmStood() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(30);
    panel.acknowledges();
    Panel next = panel.restarted();
    next.define("pump/flow");
    next.seeds(30, START);
    assertEquals("acknowledged", next.state());
    assertEquals(List.of(), next.words(), "nothing is told twice");
    next.reads(10);
    assertEquals("normal", next.state());
  }

  @Test
  void beginsADelayAnewWithTheLatestReading() {
    Panel panel = new Panel(List.of(rule("flow", high(20, 0), 5 * SECOND, 0)));
    panel.define("pump/flow");
    panel.reads(30);
    panel.passes(3 * SECOND);
    Panel next = panel.restarted();
    next.define("pump/flow");
    next.seeds(30, START);
    next.passes(5 * SECOND - 1);
    assertEquals("normal", next.state());
    next.passes(1);
    assertEquals("unacknowledged", next.state(), "a series that only tells changes is not lost");
  }

  @Test
  void judgesNoReadingThatIsOld() {
    Panel next = new Panel(List.of(rule("flow", high(20, 0), 0, 0)));
    next.define("pump/flow");
    next.seeds(30, START - 16 * MINUTE);
    next.passes(MINUTE);
    assertEquals(List.of(), next.words());
  }

  @Test
  void goesOnWithAShelfWhateverTheClocksDid() {
    Panel panel = Panel.of(high(20, 0));
    panel.shelves(10 * MINUTE);
    Panel next = panel.restarted(List.of(rule("flow", high(20, 0), 0, 0)), 4 * MINUTE);
    next.define("pump/flow");
    next.passes(6 * MINUTE - 1);
    assertEquals("shelved", next.state());
    next.passes(1);
    assertEquals("normal", next.state());
    Panel dayBefore = panel.restarted(List.of(rule("flow", high(20, 0), 0, 0)), -1440 * MINUTE);
    dayBefore.define("pump/flow");
    dayBefore.passes(10 * MINUTE);
    assertEquals("normal", dayBefore.state(), "never longer than it was to be");
  }

  @Test
  void tellsTheDigestOfTheRunBefore() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(0, 30, START - 16 * MINUTE, Quality.GOOD);
    Panel next = panel.restarted();
    next.define("pump/flow");
    next.passes(1);
    next.passes(10 * SECOND);
    assertEquals(List.of("alarm-digest"), next.words());
  }

  @Test
  void endsAlarmsWithoutARule() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(30);
    Panel next = panel.restarted(List.of(rule("other", high(20, 0), 0, 0)), SECOND);
    next.define("pump/flow");
    assertEquals(List.of("alarm-removed"), next.words());
    assertTrue(next.book.all().isEmpty());
  }

  @Test
  void judgesByTheLimitOfToday() {
    Panel panel = Panel.of(high(20, 0));
    panel.reads(30);
    String id = panel.id();
    Panel next = panel.restarted(List.of(rule("flow", high(40, 0), 0, 0)), SECOND);
    next.define("pump/flow");
    next.seeds(30, START);
    assertEquals("returned-unacknowledged", next.state());
    assertEquals("40.0", next.engine.list(true).getFirst().limit());
    assertEquals(id, next.id());
  }

  /** Whatever happens, states follow one another, and the book is the sum of the changes. */
  @Test
  void staysConsistentOverAnythingAndRestarts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<AlarmRule> rules =
        List.of(
            rule("h", high(20, 2), 0, 3 * SECOND),
            rule("delayed", high(10, 0), 5 * SECOND, 0),
            rule("rate", new AlarmCondition.Rate(true, 5, 1, 4 * SECOND), 0, 0),
            rule("stale", new AlarmCondition.Stale(20 * SECOND), 0, 0));
    Panel panel = new Panel(rules);
    panel.define("pump/flow");
    Map<String, String> states = new HashMap<>();
    double last = 0;
    long lastTime = START;
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(12)) {
        case 0 -> panel.acknowledges();
        case 1 -> panel.shelves(1 + random.nextLong(30 * SECOND));
        case 2 -> panel.unshelves();
        case 3 -> {
          check(panel, states, seed);
          panel = panel.restarted(rules, random.nextLong(MINUTE));
          panel.define("pump/flow");
          panel.seeds(last, lastTime);
        }
        case 4, 5, 6 -> panel.passes(random.nextLong(8 * SECOND));
        default -> {
          last = random.nextInt(30);
          lastTime = panel.now;
          panel.reads(last);
        }
      }
    }
    check(panel, states, seed);
  }

  private static void check(Panel panel, Map<String, String> states, long seed) {
    for (EventRow event : panel.told) {
      String before = states.put(event.detail().get("alarm"), event.detail().get("state"));
      // What was raised on a shelf is told of twice at its end.
      boolean toldTwice = event.type().equals("alarm-raised") && "unacknowledged".equals(before);
      assertTrue(
          toldTwice
              || Objects.equals(event.detail().get("previous"), before == null ? "normal" : before),
          () -> "seed " + seed + ": " + event + " after " + before);
    }
    for (AlarmRecord alarm : panel.engine.list(true)) {
      String told = states.getOrDefault(alarm.id(), "normal");
      assertEquals(told, alarm.state(), () -> "seed " + seed + ": " + alarm);
    }
  }
}
