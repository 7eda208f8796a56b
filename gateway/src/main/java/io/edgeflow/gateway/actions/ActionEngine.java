package io.edgeflow.gateway.actions;

import io.edgeflow.gateway.alarms.AlarmRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All actions, and what they know. Deterministic: it asks no clock, and it waits for nothing. Owned
 * by one thread.
 */
public final class ActionEngine implements Facts {
  private record Known(double number, @Nullable String text, long timeMicros, long arrivedNanos) {}

  private final Map<String, ActionMachine> machines = new LinkedHashMap<>();
  private final Map<String, List<ActionMachine>> bySeries = new HashMap<>();
  private final Map<AlarmKey, List<ActionMachine>> byAlarm = new HashMap<>();
  private final Set<String> series = new HashSet<>();
  private final Set<AlarmKey> alarms = new HashSet<>();
  private final Map<String, Known> latest = new HashMap<>();

  /** Those that are not normal; until they are known nothing is. */
  private @Nullable Map<AlarmKey, AlarmRecord> notNormal;

  private long nanos;

  /**
   * @param commands takes what is to be switched; it must not block, and every command must come to
   *     its end by {@link #finished}
   * @param nanos monotonic time, from which on sources are waited for
   */
  public ActionEngine(
      List<ActionRule> rules, Consumer<ActionCommand> commands, ActionLog log, long nanos) {
    this.nanos = nanos;
    for (ActionRule rule : rules) {
      var machine = new ActionMachine(rule, this, commands, log, nanos);
      if (machines.put(rule.name(), machine) != null) {
        throw new IllegalArgumentException("two actions are named " + rule.name());
      }
      bySeries.computeIfAbsent(rule.cause().series(), name -> new ArrayList<>()).add(machine);
      series.add(rule.cause().series());
      if (rule.cause() instanceof Cause.Alarm alarm) {
        byAlarm.computeIfAbsent(alarm.key(), key -> new ArrayList<>()).add(machine);
        alarms.add(alarm.key());
      }
      rule.interlock()
          .ifPresent(
              interlock -> {
                series.addAll(interlock.series());
                alarms.addAll(interlock.alarms());
              });
    }
  }

  /** The series whose readings it wants to hear of. */
  Set<String> series() {
    return Set.copyOf(series);
  }

  /** The alarms that it wants to hear of. */
  Set<AlarmKey> alarms() {
    return Set.copyOf(alarms);
  }

  /**
   * The latest usable reading of a series, from before anything was heard.
   *
   * @param ageNanos since its time; its arrival is not known any more
   */
  public void seed(
      String name, long timeMicros, double number, @Nullable String text, long ageNanos, long now) {
    nanos = now;
    take(name, timeMicros, number, text, now - ageNanos);
  }

  /** The alarms that are not normal, before any is heard to change. */
  public void begin(List<AlarmRecord> alarmsNow, long presentMicros, long now) {
    nanos = now;
    Map<AlarmKey, AlarmRecord> known = new HashMap<>();
    for (AlarmRecord alarm : alarmsNow) {
      known.put(new AlarmKey(alarm.rule(), alarm.series()), alarm);
    }
    notNormal = known;
    byAlarm.forEach(
        (key, machinesHere) -> {
          AlarmRecord alarm = known.get(key);
          String state = alarm == null ? "normal" : alarm.state();
          // That it is so now is known now, however long it has been so.
          machinesHere.forEach(machine -> machine.alarm(state, presentMicros));
        });
    look(presentMicros);
  }

  /**
   * A reading.
   *
   * @param usable whether it carries a value: a bad or stale one says nothing
   * @param now monotonic time, of its arrival
   */
  public void reading(
      String name,
      long timeMicros,
      double number,
      @Nullable String text,
      boolean usable,
      long presentMicros,
      long now) {
    nanos = now;
    if (usable) {
      take(name, timeMicros, number, text, now);
      look(presentMicros);
    }
  }

  private void take(
      String name, long timeMicros, double number, @Nullable String text, long arrivedNanos) {
    Known known = latest.get(name);
    if (known != null && timeMicros < known.timeMicros) {
      return;
    }
    latest.put(name, new Known(number, text, timeMicros, arrivedNanos));
    for (ActionMachine machine : bySeries.getOrDefault(name, List.of())) {
      machine.reading(timeMicros, number, text == null, arrivedNanos);
    }
  }

  /** An alarm changed; one that is normal again is told too. */
  public void alarm(AlarmRecord alarm, long presentMicros, long now) {
    nanos = now;
    AlarmKey key = new AlarmKey(alarm.rule(), alarm.series());
    Map<AlarmKey, AlarmRecord> known = notNormal;
    if (known == null) {
      known = new HashMap<>();
      notNormal = known;
    }
    known.put(key, alarm);
    for (ActionMachine machine : byAlarm.getOrDefault(key, List.of())) {
      machine.alarm(alarm.state(), alarm.changedMicros());
    }
    look(presentMicros);
  }

  /** A command has come to its end. */
  public void finished(String action, ActionResult result, long presentMicros, long now) {
    nanos = now;
    ActionMachine machine = machines.get(action);
    if (machine == null) {
      throw new IllegalArgumentException("no action is named " + action);
    }
    machine.finished(result, presentMicros, now);
    look(presentMicros);
  }

  /** Time went on. */
  public void tick(long presentMicros, long now) {
    nanos = now;
    look(presentMicros);
  }

  /** All of them: an interlock may ask for anything. There are few. */
  private void look(long presentMicros) {
    for (ActionMachine machine : machines.values()) {
      machine.look(presentMicros, nanos);
    }
  }

  /** Where an output is, as far as it is known. */
  @Nullable Boolean position(String action) {
    ActionMachine machine = machines.get(action);
    return machine == null ? null : machine.position();
  }

  @Override
  public @Nullable Value value(String name) {
    Known known = latest.get(name);
    return known == null
        ? null
        : new Value(known.number(), known.text(), nanos - known.arrivedNanos());
  }

  @Override
  public Truth alarm(String rule, String name) {
    Map<AlarmKey, AlarmRecord> known = notNormal;
    if (known == null) {
      return Truth.UNKNOWN;
    }
    AlarmRecord alarm = known.get(new AlarmKey(rule, name));
    return Truth.of(alarm != null && alarm.phase().active());
  }
}
