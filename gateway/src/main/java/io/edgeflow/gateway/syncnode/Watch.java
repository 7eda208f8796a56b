package io.edgeflow.gateway.syncnode;

import io.edgeflow.gateway.syncnode.Health.Observed;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches a program that was just started, by a clock that never jumps. One thread. */
final class Watch {
  /**
   * @param within it must answer
   * @param patience how long it may not answer afterwards
   * @param restarts it may be started again by itself
   */
  record Limits(Duration within, Duration patience, int restarts) {}

  /** What is known by now. */
  sealed interface Verdict {
    record Fine() implements Verdict {}

    record Bad(String why) implements Verdict {}

    record Open() implements Verdict {}
  }

  private final Machine machine;
  private final Health health;
  private final LongSupplier nanos;
  private final Limits limits;

  private long since;
  private long wellAt;
  private OptionalLong restarts = OptionalLong.empty();
  private @Nullable String start;
  private int changes;

  Watch(Machine machine, Health health, LongSupplier nanos, Limits limits) {
    this.machine = machine;
    this.health = health;
    this.nanos = nanos;
    this.limits = limits;
  }

  /** It was just started. */
  void started() {
    answered();
    restarts = machine.restarts();
    start = null;
    changes = 0;
  }

  /** It answered for the first time: its soak begins. */
  void answered() {
    since = nanos.getAsLong();
    wellAt = since;
  }

  /**
   * Whether it answers.
   *
   * @param version that it must say it is; empty for any
   */
  Verdict start(String version) {
    if (look(version) instanceof Observed.Unwell(String why)) {
      return crashed() || isPast(since, limits.within())
          ? new Verdict.Bad(crashed() ? crashes() : why)
          : new Verdict.Open();
    }
    return crashed() ? new Verdict.Bad(crashes()) : new Verdict.Fine();
  }

  /** Whether it did well for so long. */
  Verdict soak(String version, Duration howLong) {
    Observed seen = look(version);
    if (crashed()) {
      return new Verdict.Bad(crashes());
    }
    if (seen instanceof Observed.Unwell(String why)) {
      return isPast(wellAt, limits.patience()) ? new Verdict.Bad(why) : new Verdict.Open();
    }
    wellAt = nanos.getAsLong();
    return isPast(since, howLong) ? new Verdict.Fine() : new Verdict.Open();
  }

  private Observed look(String version) {
    Observed seen = health.ask();
    if (seen instanceof Observed.Well(String says, String begun)) {
      if (start != null && !begun.equals(start)) {
        changes++;
      }
      start = begun;
      if (!version.isEmpty() && !says.equals(version)) {
        return new Observed.Unwell("it says that it is version " + says + ", not " + version);
      }
    }
    return seen;
  }

  /** What nobody counts shows in the names of its starts. */
  private int count() {
    OptionalLong now = machine.restarts();
    if (now.isEmpty() || restarts.isEmpty()) {
      return changes;
    }
    if (now.getAsLong() < restarts.getAsLong()) {
      restarts = now; // Somebody started it by hand, and the count began again.
    }
    return Math.toIntExact(Math.min(now.getAsLong() - restarts.getAsLong(), Integer.MAX_VALUE));
  }

  private boolean crashed() {
    return count() > limits.restarts();
  }

  private String crashes() {
    return "it ended by itself";
  }

  private boolean isPast(long from, Duration span) {
    return nanos.getAsLong() - from >= span.toNanos();
  }
}
