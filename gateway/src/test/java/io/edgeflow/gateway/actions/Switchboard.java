package io.edgeflow.gateway.actions;

import io.edgeflow.gateway.alarms.AlarmPhase;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** An engine with one action, whose clocks and output are the test's. */
final class Switchboard {
  static final long START = 1_763_672_400_000_000L;
  static final long SECOND = 1_000_000;
  static final String SERIES = "pump/flow";

  /** Written and not answered yet. */
  final Deque<ActionCommand> written = new ArrayDeque<>();

  private final List<String> told = new ArrayList<>();
  final List<SortedMap<String, String>> details = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  final ActionEngine engine;
  long now = START;

  /** Rules begin with this one and change what they are about. */
  record Rule(
      Cause cause,
      String interlock,
      long minOn,
      long minOff,
      int perMinute,
      long expires,
      long stale,
      ActionRule.Safe safe,
      boolean dryRun) {
    static Rule of(Cause cause) {
      return new Rule(cause, "", 0, 0, 1000, 0, 0, ActionRule.Safe.OFF, false);
    }

    static Rule threshold() {
      return of(new Cause.Threshold(SERIES, true, 20, 2, 0));
    }

    Rule interlock(String text) {
      return new Rule(cause, text, minOn, minOff, perMinute, expires, stale, safe, dryRun);
    }

    Rule times(long on, long off) {
      return new Rule(cause, interlock, on, off, perMinute, expires, stale, safe, dryRun);
    }

    Rule rate(int most) {
      return new Rule(cause, interlock, minOn, minOff, most, expires, stale, safe, dryRun);
    }

    Rule expires(long micros) {
      return new Rule(cause, interlock, minOn, minOff, perMinute, micros, stale, safe, dryRun);
    }

    Rule stale(long micros, ActionRule.Safe where) {
      return new Rule(cause, interlock, minOn, minOff, perMinute, expires, micros, where, dryRun);
    }

    Rule dry() {
      return new Rule(cause, interlock, minOn, minOff, perMinute, expires, stale, safe, true);
    }

    ActionRule rule() {
      return new ActionRule(
          "slow",
          cause,
          "press-1 coil 3",
          "true",
          "false",
          interlock.isEmpty() ? Optional.empty() : Optional.of(Interlock.parse(interlock)),
          minOn * 1000,
          minOff * 1000,
          perMinute,
          expires,
          stale * 1000,
          safe,
          dryRun);
    }
  }

  Switchboard(Rule rule) {
    engine =
        new ActionEngine(
            List.of(rule.rule()),
            written::add,
            (severity, type, message, detail) -> {
              String more = detail.getOrDefault("reason", detail.getOrDefault("why", ""));
              told.add(type + " " + detail.get("position") + " " + more);
              details.add(detail);
              messages.add(message);
            },
            nanos());
    engine.begin(List.of(), now, nanos());
  }

  static Cause alarmCause() {
    return new Cause.Alarm("flow.hh", SERIES, Set.of("unacknowledged", "acknowledged"));
  }

  private long nanos() {
    return now * 1000;
  }

  void reads(double value) {
    reads(SERIES, value, now);
  }

  void reads(String series, double value, long timeMicros) {
    engine.reading(series, timeMicros, value, null, true, now, nanos());
  }

  void turns(AlarmPhase phase) {
    engine.alarm(alarm(phase, now), now, nanos());
  }

  static AlarmRecord alarm(AlarmPhase phase, long changed) {
    return new AlarmRecord(
        "0123456789abcdef",
        "flow.hh",
        SERIES,
        "limit-hh",
        "45.0",
        AlarmPriority.HIGH,
        phase,
        changed,
        changed,
        "47",
        null);
  }

  void passes(long micros) {
    now += micros;
    engine.tick(now, nanos());
  }

  /** The output answers. */
  void answers(ActionResult result) {
    engine.finished(written.removeFirst().action(), result, now, nanos());
  }

  /** Everything that was written, taken by the output: on and off. */
  String switched() {
    StringBuilder positions = new StringBuilder();
    while (!written.isEmpty()) {
      boolean on = written.getFirst().on();
      positions.append(on ? "on " : "off ");
      answers(new ActionResult.Done(Boolean.toString(on)));
    }
    return positions.toString().strip();
  }

  /** What was told since the last ask: type, position, reason. */
  List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }
}
