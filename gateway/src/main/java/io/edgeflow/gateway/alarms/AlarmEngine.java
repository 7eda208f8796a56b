package io.edgeflow.gateway.alarms;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.process.settings.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings and time into alarms. Deterministic: it asks no clock, and what it decides it
 * tells as changes, which take effect in its book at once.
 *
 * <p>The rules beyond limits and delays:
 *
 * <ul>
 *   <li>A stale or bad reading says nothing about the condition: the alarm stays as it is. It is no
 *       sign of life either, so a stale rule tells.
 *   <li>A reading more than {@link #LATE_MICROS} old on arrival, or older than the newest one of
 *       its series, changes no alarm. If it is beyond a limit, it is counted for a digest.
 *   <li>While an alarm is shelved nothing is told. At the end of the shelf it is what the condition
 *       then says; an alarm that nobody had acknowledged waits for that still.
 *   <li>In one batch no more than {@link #MOST_TURNS} alarms change; the others follow by {@link
 *       #tick}.
 * </ul>
 *
 * Owned by one thread.
 */
public final class AlarmEngine {
  /** Older readings raise no alarm. */
  public static final long LATE_MICROS = 15 * 60_000_000L;

  /** So that a message of many readings makes no record of any size. */
  static final int MOST_TURNS = 256;

  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final long LONGEST_QUIET_NANOS = 300_000_000_000L;

  private final List<AlarmRule> rules;
  private final AlarmBook book;
  private final Consumer<AlarmChange> changes;
  private final List<AlarmPoint> points = new ArrayList<>();
  private final Map<String, AlarmPoint> byId = new HashMap<>();
  private final List<@Nullable List<AlarmPoint>> bySeries = new ArrayList<>();
  private final LateWatch lateWatch = new LateWatch(QUIET_NANOS, LONGEST_QUIET_NANOS);
  private int turns;
  private boolean waiting = true;

  /**
   * @param book what is known of earlier runs; the changes are applied to it by whoever takes them
   * @param changes takes every change, applies it to the book before it returns, and keeps it
   */
  public AlarmEngine(List<AlarmRule> rules, AlarmBook book, Consumer<AlarmChange> changes) {
    this.rules = List.copyOf(rules);
    this.book = book;
    this.changes = changes;
  }

  /** Whether anything can ever happen. */
  public boolean hasRules() {
    return !rules.isEmpty();
  }

  /**
   * Watching begins. What names one series and waits for its silence needs no reading of it: a
   * sensor that never says a word is silent too.
   */
  public void expect(long presentMicros, long nanos) {
    for (AlarmRule rule : rules) {
      if (rule.condition() instanceof AlarmCondition.Stale && isOneSeries(rule.series())) {
        watch(point(rule, rule.series().pattern(), presentMicros, nanos));
      }
    }
  }

  private static boolean isOneSeries(Glob series) {
    return series.isExact() && SeriesName.fault(series.pattern()) == null;
  }

  private void watch(AlarmPoint point) {
    points.add(point);
    byId.put(point.id, point);
    waiting = true;
  }

  /** A series that is there from now on; its watch begins, unless it has begun. */
  public void define(int series, String name, long presentMicros, long nanos) {
    List<AlarmPoint> here = new ArrayList<>();
    for (AlarmRule rule : rules) {
      if (rule.series().matches(name)) {
        AlarmPoint watched = byId.get(rule.alarmId(name));
        if (watched == null) {
          watched = point(rule, name, presentMicros, nanos);
          watch(watched);
        }
        here.add(watched);
      }
    }
    while (bySeries.size() <= series) {
      bySeries.add(null);
    }
    if (!here.isEmpty()) {
      bySeries.set(series, List.copyOf(here));
    }
  }

  private AlarmPoint point(AlarmRule rule, String name, long presentMicros, long nanos) {
    AlarmPoint point = new AlarmPoint(rule, name, nanos);
    AlarmRecord known = book.get(point.id);
    if (known != null) {
      point.active = known.phase().active();
      Shelf shelf = known.shelf();
      if (shelf != null) {
        point.shelved = true;
        long left = Math.clamp(shelf.untilMicros() - presentMicros, 0, shelf.lengthMicros());
        point.shelfEndNanos = nanos + left * 1000;
      }
    }
    return point;
  }

  /**
   * To be called when all known series are defined: what no rule of today makes any more is over.
   */
  public void retire(long presentMicros) {
    for (AlarmRecord alarm : List.copyOf(book.all())) {
      if (!byId.containsKey(alarm.id())) {
        AlarmRecord gone = alarm.shelved(null, AlarmPhase.NORMAL, presentMicros);
        changes.accept(
            new AlarmChange.Turned(
                gone,
                AlarmEvents.told(
                    "alarm-removed", "removed with its rule", alarm, gone, "", "no rule")));
      }
    }
  }

  /** A batch begins: changes that are told from now on go into a new record. */
  public void begin() {
    turns = 0;
  }

  /** An accepted reading that is no duplicate. */
  public void reading(AlarmReading reading, long presentMicros, long nanos) {
    List<AlarmPoint> here = reading.series < bySeries.size() ? bySeries.get(reading.series) : null;
    if (here == null || !reading.quality.carriesValue()) {
      return;
    }
    boolean late = presentMicros - reading.timeMicros > LATE_MICROS;
    for (int i = 0; i < here.size(); i++) {
      AlarmPoint point = here.get(i);
      if (late || reading.timeMicros < point.newestMicros) {
        late(point, reading, nanos);
      } else {
        point.heardNanos = nanos;
        settle(point, point.judge(reading), reading.timeMicros, presentMicros, nanos);
      }
    }
  }

  /**
   * The newest reading of a series that an earlier run took. Delays that were running begin anew
   * with it. One that is late says nothing.
   */
  public void seed(AlarmReading latest, long presentMicros, long nanos) {
    if (presentMicros - latest.timeMicros <= LATE_MICROS) {
      reading(latest, presentMicros, nanos);
    }
  }

  private void late(AlarmPoint point, AlarmReading reading, long nanos) {
    if (point.wouldHold(reading)) {
      changes.accept(new AlarmChange.Late(point.rule.name(), reading.timeMicros));
      lateWatch.counted(nanos);
      waiting = true;
    }
  }

  private void settle(
      AlarmPoint point,
      AlarmPoint.Judgement says,
      long timeMicros,
      long presentMicros,
      long nanos) {
    if (says == AlarmPoint.Judgement.UNKNOWN) {
      return;
    }
    if ((says == AlarmPoint.Judgement.HOLDS) == point.active) {
      point.turning = false;
      return;
    }
    if (!point.turning) {
      point.turning = true;
      point.turningMicros = timeMicros;
      point.turningNanos = nanos;
      waiting = true;
    }
    long delay = delay(point);
    if (timeMicros - point.turningMicros >= delay || isOver(point, nanos)) {
      turn(point, timeMicros, presentMicros);
    }
  }

  private static long delay(AlarmPoint point) {
    return point.active ? point.rule.offDelayMicros() : point.rule.onDelayMicros();
  }

  private static boolean isOver(AlarmPoint point, long nanos) {
    return (nanos - point.turningNanos) / 1000 >= delay(point);
  }

  /** Time went on. What only waits for time changes now. */
  public void tick(long presentMicros, long nanos) {
    turns = 0;
    if (!waiting) {
      return;
    }
    boolean more = false;
    for (AlarmPoint point : points) {
      tick(point, presentMicros, nanos);
      more |= point.waitsForTime();
    }
    if (!book.late().isEmpty()) {
      more = true;
      if (lateWatch.isDue(nanos)) {
        changes.accept(new AlarmChange.Digested(AlarmEvents.digest(book.late(), presentMicros)));
      }
    }
    waiting = more;
  }

  private void tick(AlarmPoint point, long presentMicros, long nanos) {
    if (point.rule.condition() instanceof AlarmCondition.Stale stale
        && !point.active
        && (nanos - point.heardNanos) / 1000 >= stale.afterMicros()) {
      settle(point, AlarmPoint.Judgement.HOLDS, presentMicros, presentMicros, nanos);
    }
    if (point.turning && isOver(point, nanos)) {
      turn(point, Math.min(presentMicros, point.turningMicros + delay(point)), presentMicros);
    }
    if (point.shelved && nanos - point.shelfEndNanos >= 0) {
      unshelve(point, record(point), "", "its time is over", presentMicros);
    }
  }

  /** Nothing changes by time alone. */
  public boolean idle() {
    return !waiting;
  }

  private void turn(AlarmPoint point, long timeMicros, long presentMicros) {
    if (turns >= MOST_TURNS) {
      return;
    }
    point.active = !point.active;
    point.turning = false;
    AlarmRecord before = record(point);
    if (before.shelf() != null) {
      return;
    }
    turns++;
    AlarmRecord now =
        point.active
            ? before.raised(timeMicros, point.value())
            : before.changed(returned(before.phase()), timeMicros, point.value());
    changes.accept(
        new AlarmChange.Turned(now, AlarmEvents.turned(point.rule, before, now, presentMicros)));
  }

  private static AlarmPhase returned(AlarmPhase from) {
    return from == AlarmPhase.ACKNOWLEDGED ? AlarmPhase.NORMAL : AlarmPhase.RETURNED;
  }

  private AlarmRecord record(AlarmPoint point) {
    AlarmRecord known = book.get(point.id);
    return known != null ? known.by(point.rule) : normal(point);
  }

  private static AlarmRecord normal(AlarmPoint point) {
    AlarmRule rule = point.rule;
    return new AlarmRecord(
        point.id,
        rule.name(),
        point.series,
        rule.condition().word(),
        rule.condition().limit(),
        rule.priority(),
        AlarmPhase.NORMAL,
        0,
        0,
        "",
        null);
  }

  /** Somebody knows of an alarm. Saying so twice does no harm. */
  public AlarmOutcome acknowledge(String id, String who, String why, long presentMicros) {
    AlarmPoint point = byId.get(id);
    if (point == null) {
      return new AlarmOutcome.Unknown();
    }
    AlarmRecord before = record(point);
    if (before.shelf() != null) {
      return new AlarmOutcome.Refused("it is shelved; unshelve it first");
    }
    AlarmPhase next =
        switch (before.phase()) {
          case UNACKNOWLEDGED -> AlarmPhase.ACKNOWLEDGED;
          case RETURNED -> AlarmPhase.NORMAL;
          case ACKNOWLEDGED, NORMAL -> before.phase();
        };
    if (next == before.phase()) {
      return new AlarmOutcome.Done(before);
    }
    AlarmRecord now = before.changed(next, presentMicros, before.value());
    return told("alarm-acknowledged", "acknowledged", before, now, who, why);
  }

  /**
   * Nothing is told of an alarm for a while, whether it is normal or not. Shelving it again counts
   * from now.
   *
   * @param lengthMicros above 0
   */
  public AlarmOutcome shelve(
      String id, String who, String why, long lengthMicros, long presentMicros, long nanos) {
    AlarmPoint point = byId.get(id);
    if (point == null) {
      return new AlarmOutcome.Unknown();
    }
    AlarmRecord before = record(point);
    point.shelved = true;
    point.shelfEndNanos = nanos + lengthMicros * 1000;
    waiting = true;
    Shelf shelf = new Shelf(presentMicros + lengthMicros, lengthMicros, who, why);
    AlarmRecord now = before.shelved(shelf, before.phase(), presentMicros);
    return told("alarm-shelved", "shelved", before, now, who, why);
  }

  /** Ends a shelf before its time. An alarm that is on none stays as it is. */
  public AlarmOutcome unshelve(String id, String who, String why, long presentMicros) {
    AlarmPoint point = byId.get(id);
    if (point == null) {
      return new AlarmOutcome.Unknown();
    }
    AlarmRecord before = record(point);
    return before.shelf() == null
        ? new AlarmOutcome.Done(before)
        : unshelve(point, before, who, why, presentMicros);
  }

  private AlarmOutcome unshelve(
      AlarmPoint point, AlarmRecord before, String who, String why, long presentMicros) {
    point.shelved = false;
    AlarmPhase next = afterShelf(before.phase(), point.active);
    boolean raisedMeanwhile = next == AlarmPhase.UNACKNOWLEDGED && !before.phase().active();
    AlarmRecord off = before.shelved(null, next, presentMicros);
    AlarmRecord now = raisedMeanwhile ? off.raised(presentMicros, point.value()) : off;
    AlarmOutcome outcome = told("alarm-unshelved", "unshelved", before, now, who, why);
    if (raisedMeanwhile) {
      // Whoever waits for alarms being raised must hear of this one.
      changes.accept(
          new AlarmChange.Turned(now, AlarmEvents.turned(point.rule, before, now, presentMicros)));
    }
    return outcome;
  }

  private static AlarmPhase afterShelf(AlarmPhase before, boolean active) {
    return switch (before) {
      case NORMAL -> active ? AlarmPhase.UNACKNOWLEDGED : AlarmPhase.NORMAL;
      case UNACKNOWLEDGED, RETURNED -> active ? AlarmPhase.UNACKNOWLEDGED : AlarmPhase.RETURNED;
      case ACKNOWLEDGED -> active ? AlarmPhase.ACKNOWLEDGED : AlarmPhase.NORMAL;
    };
  }

  private AlarmOutcome told(
      String type, String what, AlarmRecord before, AlarmRecord now, String who, String why) {
    changes.accept(
        new AlarmChange.Turned(now, AlarmEvents.told(type, what, before, now, who, why)));
    return new AlarmOutcome.Done(now);
  }

  /** Every alarm that is not normal and, if wanted, those that are; by rule and series. */
  public List<AlarmRecord> list(boolean normalToo) {
    List<AlarmRecord> list = new ArrayList<>();
    for (AlarmPoint point : points) {
      AlarmRecord record = record(point);
      if (normalToo || !record.normal()) {
        list.add(record);
      }
    }
    list.sort(Comparator.comparing(AlarmRecord::rule).thenComparing(AlarmRecord::series));
    return list;
  }
}
