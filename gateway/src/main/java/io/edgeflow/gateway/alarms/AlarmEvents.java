package io.edgeflow.gateway.alarms;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.ShortText;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How alarms are told: a word and a sentence, and facts for programs. Pure. */
final class AlarmEvents {
  /** What a frame takes is bounded: of each event, and of each text. */
  private static final int MOST_RULES = 15;

  private static final int LONGEST_TEXT = 1000;

  private static final String RAISED = "alarm-raised";

  private AlarmEvents() {}

  /** A transition by what readings say, at the time of the reading that says it. */
  static EventRow turned(AlarmRule rule, AlarmRecord before, AlarmRecord now, long noticedMicros) {
    boolean raised = now.phase() == AlarmPhase.UNACKNOWLEDGED;
    SortedMap<String, String> detail = detail(before, now);
    detail.put("noticed", millis(noticedMicros));
    return new EventRow(
        now.changedMicros(),
        raised ? rule.priority().severity() : EventSeverity.INFO,
        raised ? RAISED : "alarm-returned",
        now.series(),
        cut(sentence(rule, now, raised)),
        detail);
  }

  /** Whether this is told of an alarm that is raised now. */
  static boolean isRaised(EventRow event) {
    return event.type().equals(RAISED);
  }

  private static String sentence(AlarmRule rule, AlarmRecord now, boolean raised) {
    String what = raised ? raised(rule.condition(), now) : returned(rule.condition(), now);
    String advice = raised && !rule.advice().isEmpty() ? ": " + rule.advice() : "";
    return now.series() + " " + what + " (" + rule.name() + ")" + advice;
  }

  private static String raised(AlarmCondition condition, AlarmRecord now) {
    String value = Figures.brief(now.value());
    return switch (condition) {
      case AlarmCondition.Limit limit ->
          "is " + value + ", limit " + limit.level() + " is " + Figures.exact(limit.at());
      case AlarmCondition.Rate rate ->
          "changes by " + value + " a second, limit is " + Figures.exact(rate.perSecond());
      case AlarmCondition.Stale stale -> "has sent nothing usable for " + silence(stale);
      case AlarmCondition.State state ->
          "is " + value + (state.in() ? "" : ", none of " + state.limit());
    };
  }

  private static String returned(AlarmCondition condition, AlarmRecord now) {
    String value = Figures.brief(now.value());
    return switch (condition) {
      case AlarmCondition.Limit limit ->
          "is "
              + value
              + (limit.level().high() ? ", back below" : ", back above")
              + (" limit " + limit.level() + " of " + Figures.exact(limit.at()));
      case AlarmCondition.Rate rate ->
          "changes by " + value + " a second, back within " + Figures.exact(rate.perSecond());
      case AlarmCondition.Stale stale -> "sends again, after a silence of over " + silence(stale);
      case AlarmCondition.State state ->
          "is " + value + (state.in() ? ", none of " : ", again one of ") + state.limit();
    };
  }

  private static String silence(AlarmCondition.Stale stale) {
    return Figures.exact(stale.afterMicros() / 1e6) + " s";
  }

  /**
   * A transition by what somebody did, or by the end of a shelf.
   *
   * @param who empty if nobody did it
   */
  static EventRow told(
      String type, String what, AlarmRecord before, AlarmRecord now, String who, String why) {
    SortedMap<String, String> detail = detail(before, now);
    detail.put("who", who);
    detail.put("why", why);
    Shelf shelf = now.shelf();
    if (shelf != null) {
      detail.put("until", millis(shelf.untilMicros()));
    }
    String by = who.isEmpty() ? "" : " by " + who;
    return new EventRow(
        now.changedMicros(),
        EventSeverity.INFO,
        type,
        now.series(),
        cut(now.rule() + " of " + now.series() + " was " + what + by),
        detail);
  }

  private static SortedMap<String, String> detail(AlarmRecord before, AlarmRecord now) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("alarm", now.id());
    detail.put("rule", now.rule());
    detail.put("condition", now.condition());
    detail.put("limit", cut(now.limit()));
    detail.put("value", cut(now.value()));
    detail.put("priority", now.priority().word());
    detail.put("state", now.state());
    detail.put("previous", before.state());
    detail.put("raised", millis(now.raisedMicros()));
    return detail;
  }

  /** What came too late to be an alarm each. */
  static EventRow digest(SortedMap<String, AlarmBook.LateCount> late, long presentMicros) {
    SortedMap<String, String> detail = new TreeMap<>();
    long readings = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int named = 0;
    for (Map.Entry<String, AlarmBook.LateCount> rule : late.entrySet()) {
      AlarmBook.LateCount count = rule.getValue();
      readings += count.readings();
      first = Math.min(first, count.firstMicros());
      last = Math.max(last, count.lastMicros());
      if (named++ < MOST_RULES) {
        detail.put("readings." + rule.getKey(), Long.toString(count.readings()));
        detail.put("from." + rule.getKey(), millis(count.firstMicros()));
        detail.put("to." + rule.getKey(), millis(count.lastMicros()));
      }
    }
    detail.put("rules", Integer.toString(late.size()));
    detail.put("readings", Long.toString(readings));
    detail.put("from", millis(first));
    detail.put("to", millis(last));
    return new EventRow(
        presentMicros,
        EventSeverity.WARNING,
        "alarm-digest",
        "",
        readings
            + " readings came too late to raise alarms; they were beyond the limits of "
            + late.size()
            + " rules, from "
            + Instant.ofEpochMilli(first / 1000)
            + " to "
            + Instant.ofEpochMilli(last / 1000),
        detail);
  }

  private static String millis(long micros) {
    return Long.toString(micros / 1000);
  }

  private static String cut(String text) {
    return ShortText.cut(text, LONGEST_TEXT);
  }
}
