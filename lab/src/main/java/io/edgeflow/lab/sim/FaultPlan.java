package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What goes wrong with the pumps, and when: by chance, or as somebody planned, from a moment on
 * that is told when it has come. Any thread.
 */
public final class FaultPlan {
  /** Nothing that was planned happens before somebody says that it begins. */
  static final long NOT_YET = Long.MAX_VALUE;

  private final Optional<Duration> byChance;
  private final List<Fault> faults;
  private final AtomicLong begins = new AtomicLong(NOT_YET);

  private FaultPlan(Optional<Duration> byChance, List<Fault> faults) {
    this.byChance = byChance;
    this.faults = List.copyOf(faults);
  }

  /**
   * A pump cavitates.
   *
   * @param pump its number, from 1
   * @param at after the beginning of the plan
   * @param lasting how long, if nobody does anything about it
   * @param every again after that time; empty: once
   * @param cure it ends earlier once the pump was slow for so long; empty: it does not
   */
  public record Fault(
      int pump, Duration at, Duration lasting, Optional<Duration> every, Optional<Duration> cure) {}

  /** A fault that has begun. */
  public record Begun(int pump, long micros) {}

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return new FaultPlan(Optional.empty(), List.of());
  }

  /** Each pump cavitates once in every stretch of time, at a moment that its seed decides. */
  public static FaultPlan byChance(Duration every) {
    return new FaultPlan(Optional.of(every), List.of());
  }

  public static FaultPlan of(List<Fault> faults) {
    return new FaultPlan(Optional.empty(), faults);
  }

  /** The plan begins at a moment, in microseconds since the epoch. */
  public void begin(long micros) {
    begins.set(micros);
  }

  /** Those that have begun until then, the oldest first. */
  public List<Begun> begun(long untilMicros) {
    List<Begun> begun = new ArrayList<>();
    long from = begins.get();
    for (Fault fault : from == NOT_YET ? List.<Fault>of() : faults) {
      long next = from + micros(fault.at());
      long step = fault.every().map(FaultPlan::micros).orElse(NOT_YET);
      for (; next <= untilMicros; next = step == NOT_YET ? NOT_YET : next + step) {
        begun.add(new Begun(fault.pump(), next));
      }
    }
    begun.sort((one, other) -> Long.compare(one.micros(), other.micros()));
    return begun;
  }

  /** How much a pump wants to cavitate, 0 to 1. */
  Signal cause(int pump, long seed, Drive drive) {
    Signal cause =
        byChance.<Signal>map(every -> new Cavitation(seed, every)).orElse(Signal.constant(0));
    for (Fault fault : faults) {
      if (fault.pump() == pump) {
        cause = cause.plus(new PlannedCavitation(fault, drive, begins::get));
      }
    }
    return cause;
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
