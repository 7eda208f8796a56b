package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Whose turn it is on a line: who answers is asked at the instants of its schedule, who does not is
 * tried now and then, and only where that keeps nobody waiting longer than one time-out. Owned by
 * one thread; it is told the time and never asks.
 *
 * <p>Each unit has a breaker of its own: closed while it answers; opened by a silence that outlasts
 * the retries; half open for one probe after each back-off.
 */
final class Turns {
  /** Nobody's turn. */
  static final int NOBODY = -1;

  /** The back-off has reached its cap long before. */
  private static final int MOST_SILENCES = 30;

  /** Where the line is never idle, probes take no more than a fifth of its time. */
  private static final int REST = 4;

  private static final class Turn {
    private final PollSchedule schedule;
    private long dueNanos;
    private boolean proven;

    /** Its poll has paused: when that was due and began. */
    private boolean paused;

    private long pausedDueNanos;
    private long pausedBegunNanos;

    /** Its breaker is open: it was silent for longer than the retries. */
    private boolean dead;

    private int silences;
    private long missed;

    private Turn(PollSchedule schedule) {
      this.schedule = schedule;
      this.dueNanos = schedule.startNanos();
    }
  }

  private final List<Turn> turns = new ArrayList<>();
  private final ModbusBus bus;
  private final Backoff backoff;
  private final DoubleSupplier random;
  private long probedNanos;

  /** Somebody who answers is due. */
  private boolean busy;

  /** Since when it has been busy, or free. */
  private long turnedNanos;

  Turns(ModbusBus bus, Backoff backoff, DoubleSupplier random, long startNanos) {
    this.bus = bus;
    this.backoff = backoff;
    this.random = random;
    this.probedNanos = startNanos;
    this.turnedNanos = startNanos;
    for (ModbusDevice device : bus.devices()) {
      turns.add(new Turn(new PollSchedule(startNanos, device.interval().toNanos())));
    }
  }

  /** The index of the unit to ask now, or {@link #NOBODY}. */
  int next(long nowNanos) {
    int healthy = due(true, nowNanos);
    if (busy != (healthy != NOBODY)) {
      busy = !busy;
      turnedNanos = nowNanos;
    }
    int doubtful = due(false, nowNanos);
    return doubtful != NOBODY && mayProbe(doubtful, nowNanos) ? doubtful : healthy;
  }

  /**
   * Where nobody else is due; of a dead one, where its whole time-out fits before somebody is. A
   * line without such a moment is taken for one rarely, but not never: when it is free, and in the
   * midst of a round only where it never is.
   */
  private boolean mayProbe(int doubtful, long nowNanos) {
    Turn turn = turns.get(doubtful);
    boolean starved =
        nowNanos - turn.dueNanos > turn.schedule.intervalNanos() && isLong(nowNanos - probedNanos);
    if (busy) {
      return starved && isLong(nowNanos - turnedNanos);
    }
    return starved || !turn.dead || untilHealthy(nowNanos) >= bus.timeout().toNanos();
  }

  private boolean isLong(long nanos) {
    return nanos > REST * bus.timeout().toNanos();
  }

  /** How long until the next unit that answers is due, in nanoseconds; much if there is none. */
  private long untilHealthy(long nowNanos) {
    long least = Long.MAX_VALUE;
    for (Turn turn : turns) {
      least = turn.proven ? Math.min(least, turn.dueNanos - nowNanos) : least;
    }
    return least;
  }

  private int due(boolean proven, long nowNanos) {
    int first = NOBODY;
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.proven == proven
          && turn.dueNanos - nowNanos <= 0
          && (first == NOBODY || turn.dueNanos - turns.get(first).dueNanos < 0)) {
        first = i;
      }
    }
    return first;
  }

  /** How long until {@link #next} has somebody to name, in nanoseconds; 0 if it has now. */
  long idleNanos(long nowNanos) {
    if (next(nowNanos) != NOBODY) {
      return 0;
    }
    long least = untilHealthy(nowNanos);
    for (Turn turn : turns) {
      long until = turn.dueNanos - nowNanos;
      // Whoever is due already and may not be tried yet waits for those who answer.
      least = !turn.proven && until > 0 ? Math.min(least, until) : least;
    }
    return least;
  }

  /** Whether another one is due that answers. */
  boolean isAwaited(int unit, long nowNanos) {
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (i != unit && turn.proven && turn.dueNanos - nowNanos <= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The unit answered part of what it is to be asked: it goes on behind those who wait.
   *
   * @param begunNanos when it was asked
   */
  void paused(int unit, long begunNanos, long nowNanos) {
    Turn turn = turns.get(unit);
    if (!turn.paused) {
      turn.paused = true;
      long instant = turn.schedule.after(begunNanos) - turn.schedule.intervalNanos();
      // One that did not answer before has missed nothing.
      turn.pausedDueNanos = turn.proven ? turn.dueNanos : instant;
      turn.pausedBegunNanos = begunNanos;
    }
    probed(turn, nowNanos);
    turn.proven = true;
    turn.dead = false;
    turn.dueNanos = nowNanos;
  }

  /**
   * The unit answered all it was asked.
   *
   * @param begunNanos when it was asked
   * @return how often it had been silent before
   */
  int answered(int unit, long begunNanos, long nowNanos) {
    Turn turn = turns.get(unit);
    long next = turn.schedule.after(turn.paused ? turn.pausedBegunNanos : begunNanos);
    if (turn.proven) {
      long due = turn.paused ? turn.pausedDueNanos : turn.dueNanos;
      turn.missed += (next - due) / turn.schedule.intervalNanos() - 1;
    }
    probed(turn, nowNanos);
    turn.paused = false;
    int before = turn.silences;
    turn.proven = true;
    turn.dead = false;
    turn.silences = 0;
    turn.dueNanos = next;
    return before;
  }

  /**
   * It did not.
   *
   * @param rest how long it is to be left alone at least
   */
  void silent(int unit, Duration rest, long nowNanos) {
    Turn turn = turns.get(unit);
    probed(turn, nowNanos);
    turn.silences = Math.min(turn.silences + 1, MOST_SILENCES);
    turn.proven = false;
    turn.paused = false;
    int beyond = turn.silences - bus.retries();
    turn.dead = beyond > 0;
    Duration pause = beyond <= 0 ? rest : backoff.after(beyond, random.getAsDouble());
    turn.dueNanos = nowNanos + (pause.compareTo(rest) < 0 ? rest : pause).toNanos();
  }

  /** Nobody on the line can be reached, which is no unit's own fault: whoever is due stays so. */
  void unreachable() {
    for (Turn turn : turns) {
      turn.proven = false;
      turn.paused = false;
      turn.silences = Math.max(1, turn.silences);
    }
  }

  private void probed(Turn turn, long nowNanos) {
    probedNanos = turn.proven ? probedNanos : nowNanos;
  }

  /** How often it has been silent since it answered. */
  int silences(int unit) {
    return turns.get(unit).silences;
  }

  /** Instants of its schedule that passed without a poll while it answered. */
  long missed(int unit) {
    return turns.get(unit).missed;
  }
}
