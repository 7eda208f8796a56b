package io.edgeflow.gateway.recorder;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers what is due, and at the end of an incarnation everything (J4). Closed windows wait a
 * little so that many series share a frame (T4). Owned by the owner thread.
 */
final class Closing {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  /** Single readings come one by one: they wait longer, for frames that are worth their number. */
  private static final long RAW_LINGER_NANOS = 2_000_000_000L;

  /**
   * When so many windows were opened since the last look, those that are due are numbered at once:
   * some 4 MB of them, and several full frames. What is read out of a logger opens them by the
   * hundred thousand within the time that others linger.
   */
  private static final int CROWD = 1 << 14;

  private final EdgeState state;
  private final Framer framer;
  private final long lingerNanos;
  private final List<Framer.Key> due = new ArrayList<>();
  private long waitingSince = NOT_WAITING;
  private long rawSince = NOT_WAITING;
  private int openAtLastLook;

  Closing(EdgeState state, Framer framer, long lingerNanos) {
    this.state = state;
    this.framer = framer;
    this.lingerNanos = lingerNanos;
  }

  /** Nothing is open, so no time has to be watched. */
  boolean idle() {
    return state.windows.open() == 0
        && state.changes.pendingReadings() == 0
        && state.events.isEmpty()
        && state.reports.waiting.isEmpty();
  }

  /**
   * To be called after every message: neither what waits for the raw lane nor the windows that are
   * due ever are much more than some frames.
   */
  void taken(Timekeeper time) {
    framer.fullRaw(time.presentMicros());
    if (state.windows.open() - openAtLastLook >= CROWD) {
      look(time);
      framer.windows(due, time.presentMicros());
      openAtLastLook = state.windows.open();
    }
  }

  private void look(Timekeeper time) {
    due.clear();
    state.windows.due(time.watermarkLimitMicros(), time.nanos(), this::add);
  }

  /** Numbers what is due, if it has waited long enough. */
  void tick(Timekeeper time) {
    // After the seal nothing gets a number any more: what is told then is told by the next start.
    if (idle() || state.frames.current() == null) {
      return;
    }
    tickRaw(time);
    look(time);
    boolean changed = state.changes.isDue(time.nanos(), repeatPatienceNanos());
    if (due.isEmpty() && !changed && state.events.isEmpty()) {
      waitingSince = NOT_WAITING;
    } else if (waitingSince == NOT_WAITING) {
      waitingSince = time.nanos();
    } else if (time.nanos() - waitingSince >= lingerNanos) {
      waitingSince = NOT_WAITING;
      number(time.presentMicros());
    }
    openAtLastLook = Math.min(openAtLastLook, state.windows.open());
  }

  private void tickRaw(Timekeeper time) {
    if (state.reports.waiting.isEmpty()) {
      rawSince = NOT_WAITING;
    } else if (rawSince == NOT_WAITING) {
      rawSince = time.nanos();
    } else if (time.nanos() - rawSince >= Math.max(lingerNanos, RAW_LINGER_NANOS)) {
      rawSince = NOT_WAITING;
      framer.raw(time.presentMicros());
    }
  }

  /** A state that only goes on is told once a window, like everything else. */
  private long repeatPatienceNanos() {
    return state.windows.rule().lengthMicros() * 1_000;
  }

  /** Numbers everything that is open, whether due or not. */
  void everything(long createdMicros) {
    due.clear();
    state.windows.all(this::add);
    number(createdMicros);
    framer.raw(createdMicros);
  }

  /** Returns how many readings were missing. */
  long derive(LostFrames.Lost lost, long createdMicros) {
    return framer.derive(lost, createdMicros);
  }

  private void number(long createdMicros) {
    framer.events(createdMicros);
    framer.windows(due, createdMicros);
    framer.changes(createdMicros);
  }

  private void add(int series, long startMicros) {
    due.add(new Framer.Key(series, startMicros));
  }
}
