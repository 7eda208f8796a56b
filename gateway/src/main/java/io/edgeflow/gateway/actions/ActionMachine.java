package io.edgeflow.gateway.actions;

import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One action: what its cause wants, where its output is, and what stands between. The order in
 * which a switch is held back: a source that is gone sends the output to its safe position, at
 * once; an interlock that does not hold keeps it off, or takes it off, at once; then minimum times,
 * the age of the cause, and the rate. Owned by one thread.
 */
final class ActionMachine {
  private static final long FIRST_RETRY_NANOS = 1_000_000_000L;
  private static final long LONGEST_RETRY_NANOS = 30_000_000_000L;
  private static final int MOST_DOUBLINGS = 5;

  /** Why the output is to be where it is to be. */
  private enum Why {
    CAUSE("cause"),
    GONE("source-gone"),
    INTERLOCK("interlock");

    final String word;

    Why(String word) {
      this.word = word;
    }
  }

  /**
   * @param forced safety: it waits for no minimum time, no rate and no age
   */
  private record Target(boolean on, Why why, boolean forced) {}

  final ActionRule rule;
  private final Facts facts;
  private final Consumer<ActionCommand> commands;
  private final ActionLog log;
  private final Refusals refusals = new Refusals();
  private final Switches switches;

  /** What the cause wants, its hold time included; not known before it was heard. */
  private @Nullable Boolean wanted;

  private boolean beyond;
  private long beyondNanos;
  private long newestMicros = Long.MIN_VALUE;
  private long causeMicros;
  private long heardNanos;

  /** Where the output is, as far as it is known; not known at a start and after a failure. */
  private @Nullable Boolean position;

  private @Nullable Target underWay;
  private long switchedNanos;
  private boolean switched;
  private int failures;
  private long retryNanos;

  ActionMachine(
      ActionRule rule, Facts facts, Consumer<ActionCommand> commands, ActionLog log, long nanos) {
    this.rule = rule;
    this.facts = facts;
    this.commands = commands;
    this.log = log;
    this.switches = new Switches(rule.maxPerMinute());
    this.heardNanos = nanos;
  }

  @Nullable Boolean position() {
    return position;
  }

  /** A usable reading of the source. */
  void reading(long timeMicros, double number, boolean isNumber, long nanos) {
    if (timeMicros < newestMicros) {
      return;
    }
    newestMicros = timeMicros;
    heardNanos = nanos;
    // The reading confirms an alarm that goes on, so that its cause is as young as the reading.
    causeMicros = Math.max(causeMicros, timeMicros);
    if (isNumber && rule.cause() instanceof Cause.Threshold threshold) {
      boolean holds = threshold.holds(number, beyond);
      if (holds && !beyond) {
        beyondNanos = nanos;
      }
      beyond = holds;
      if (!holds) {
        wanted = false;
      }
    }
  }

  /**
   * The alarm that is the cause.
   *
   * @param sinceMicros since when it is in that state, or when it was seen in it
   */
  void alarm(String state, long sinceMicros) {
    if (rule.cause() instanceof Cause.Alarm alarm) {
      wanted = alarm.states().contains(state);
      causeMicros = Math.max(causeMicros, sinceMicros);
    }
  }

  /** Switches what is to be switched now. */
  void look(long presentMicros, long nanos) {
    if (beyond
        && rule.cause() instanceof Cause.Threshold threshold
        && nanos - beyondNanos >= threshold.holdNanos()) {
      wanted = true;
    }
    if (underWay != null) {
      return;
    }
    Target target = target(nanos);
    if (target == null || (position != null && position == target.on())) {
      return;
    }
    if (mayGo(target, presentMicros, nanos)) {
      go(target, presentMicros, nanos);
    }
  }

  private @Nullable Target target(long nanos) {
    if (rule.staleNanos() > 0 && nanos - heardNanos >= rule.staleNanos()) {
      return switch (rule.safe()) {
        case OFF -> new Target(false, Why.GONE, true);
        case ON -> new Target(true, Why.GONE, true);
        case HOLD -> null;
      };
    }
    Boolean want = wanted;
    if (want == null) {
      return null;
    }
    if (want && rule.interlock().isPresent()) {
      Interlock interlock = rule.interlock().get();
      Truth truth = interlock.holds(facts);
      if (truth != Truth.TRUE) {
        if (position == null || !position) {
          String is = truth == Truth.FALSE ? "does not hold: " : "cannot be judged: ";
          refuse("interlock", "its interlock " + is + interlock, nanos);
        }
        return new Target(false, Why.INTERLOCK, true);
      }
    }
    return new Target(want, Why.CAUSE, false);
  }

  private boolean mayGo(Target target, long presentMicros, long nanos) {
    if (failures > 0 && nanos - retryNanos < 0) {
      return false;
    }
    if (target.forced()) {
      return true;
    }
    if (switched && position != null && nanos - switchedNanos < minimum(position)) {
      return false;
    }
    long age = presentMicros - causeMicros;
    if (rule.expiresMicros() > 0 && age > rule.expiresMicros()) {
      refuse("expired", "its cause is " + age / 1000 + " ms old", nanos);
      return false;
    }
    if (!switches.mayAnother(nanos)) {
      String most = rule.maxPerMinute() + " switches a minute are the most";
      refuse("rate", most, nanos);
      return false;
    }
    return true;
  }

  private long minimum(boolean on) {
    return on ? rule.minOnNanos() : rule.minOffNanos();
  }

  private void go(Target target, long presentMicros, long nanos) {
    switches.another(nanos);
    underWay = target;
    if (rule.dryRun()) {
      finished(new ActionResult.Done(""), presentMicros, nanos);
    } else {
      commands.accept(new ActionCommand(rule.name(), target.on()));
    }
  }

  /** The command that was given last has come to its end. */
  void finished(ActionResult result, long presentMicros, long nanos) {
    Target target = underWay;
    if (target == null) {
      throw new IllegalStateException(rule.name() + " has no command under way");
    }
    underWay = null;
    switch (result) {
      case ActionResult.Done(String readBack) -> {
        failures = 0;
        switched = true;
        switchedNanos = nanos;
        position = target.on();
        done(target, readBack, presentMicros);
      }
      case ActionResult.Differs(String readBack) -> {
        failed(nanos);
        differs(target, readBack, nanos);
      }
      case ActionResult.Failed(String reason, String detail) -> {
        failed(nanos);
        refuse(reason, detail, nanos);
      }
    }
  }

  private void failed(long nanos) {
    position = null;
    long wait = FIRST_RETRY_NANOS << Math.min(failures, MOST_DOUBLINGS);
    retryNanos = nanos + Math.min(wait, LONGEST_RETRY_NANOS);
    failures++;
  }

  private void done(Target target, String readBack, long presentMicros) {
    SortedMap<String, String> detail = detail(target.on());
    detail.put("why", target.why().word);
    detail.put("readBack", readBack);
    detail.put("dryRun", Boolean.toString(rule.dryRun()));
    detail.put("causeTime", Long.toString(causeMicros / 1000));
    detail.put("ageMillis", Long.toString((presentMicros - causeMicros) / 1000));
    String because = ", because " + because(target) + (rule.dryRun() ? " (dry run)" : "");
    log.event(
        EventSeverity.INFO,
        "action-done",
        rule.name() + " is " + words(target.on()) + because,
        detail);
  }

  private void differs(Target target, String readBack, long nanos) {
    long times = refusals.times("differs", nanos);
    if (times > 0) {
      SortedMap<String, String> detail = detail(target.on());
      detail.put("readBack", readBack);
      detail.put("times", Long.toString(times));
      log.event(
          EventSeverity.ALARM,
          "action-differs",
          rule.name()
              + (" wrote " + rule.value(target.on()) + " to " + rule.output())
              + (", and it reads back as " + readBack),
          detail);
    }
  }

  private void refuse(String reason, String why, long nanos) {
    long times = refusals.times(reason, nanos);
    if (times > 0) {
      boolean on = wanted != null && wanted;
      SortedMap<String, String> detail = detail(on);
      detail.put("reason", reason);
      detail.put("times", Long.toString(times));
      log.event(
          EventSeverity.WARNING,
          "action-refused",
          rule.name() + " was not switched " + words(on) + ": " + why,
          detail);
    }
  }

  private String words(boolean on) {
    return (on ? "on (" : "off (") + rule.output() + ")";
  }

  private String because(Target target) {
    return switch (target.why()) {
      case CAUSE -> rule.cause().because(target.on());
      case GONE -> "nothing usable comes from " + rule.cause().series();
      case INTERLOCK -> "its interlock is not known to hold: " + rule.interlock().orElseThrow();
    };
  }

  private SortedMap<String, String> detail(boolean on) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("action", rule.name());
    detail.put("cause", rule.cause().words());
    detail.put("output", rule.output());
    detail.put("position", on ? "on" : "off");
    detail.put("value", rule.value(on));
    return detail;
  }
}
