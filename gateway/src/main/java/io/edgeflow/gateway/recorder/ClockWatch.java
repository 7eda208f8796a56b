package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.clock.Basis;
import io.edgeflow.gateway.clock.Belief;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes events of a clock that jumps and of one that is believed again, and has the journal
 * remember a jump, so that a restart does not make the clock look right. Owned by the owner thread.
 */
final class ClockWatch {
  /** A clock that jumps to and fro all the time is told of once a minute. */
  private static final long BETWEEN_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A believed clock that is set by less than this is none of anybody's business. */
  private static final long SET_MICROS = TimeUnit.MINUTES.toMicros(1);

  /** Flash wears: a start that goes on with a time of a minute ago serves as well. */
  private static final long PERSIST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final EdgeState state;
  private final Scribe scribe;
  private boolean doubted;
  private long doubtedSinceNanos;
  private boolean jumped;
  private boolean jumpTold;
  private boolean everTold;
  private long toldNanos;
  private boolean known;
  private long lastMicros;
  private long lastNanos;

  ClockWatch(EdgeState state, Scribe scribe) {
    this.state = state;
    this.scribe = scribe;
  }

  void tick(Timekeeper time) {
    Belief belief = time.belief();
    remember(belief);
    if (belief.believed()) {
      believed(belief);
    } else {
      doubted(belief, time.wallAheadMicros());
    }
    known = true;
    lastMicros = belief.presentMicros();
    lastNanos = belief.nanos();
  }

  private void remember(Belief belief) {
    boolean doubts = belief.basis() == Basis.JUMPED;
    if (doubts && belief.presentMicros() - state.distrustedMicros >= PERSIST_MICROS) {
      scribe.distrusted(belief.presentMicros());
    } else if (belief.believed() && state.distrustedMicros != 0) {
      scribe.distrusted(0);
    }
  }

  private void doubted(Belief belief, long aheadMicros) {
    if (!doubted) {
      doubted = true;
      doubtedSinceNanos = belief.nanos();
    }
    jumped |= belief.basis() == Basis.JUMPED;
    boolean mayTell = !everTold || belief.nanos() - toldNanos >= BETWEEN_NANOS;
    if (jumped && !jumpTold && mayTell) {
      jumpTold = true;
      everTold = true;
      toldNanos = belief.nanos();
      event(
          belief,
          EventSeverity.WARNING,
          "clock-jumped",
          "the clock jumped by " + seconds(aheadMicros) + " s and is not believed",
          Map.of("seconds", seconds(aheadMicros)));
    }
  }

  /** At the end of a doubt, unless that was one jump of many; and when a believed clock was set. */
  private void believed(Belief belief) {
    long passed = TimeUnit.NANOSECONDS.toMicros(belief.nanos() - lastNanos);
    long setBy = known ? belief.presentMicros() - lastMicros - passed : 0;
    long doubtedFor = doubted ? belief.nanos() - doubtedSinceNanos : 0;
    boolean doubtTold = doubted && (jumpTold || !jumped);
    if (doubtTold || Math.abs(setBy) > SET_MICROS) {
      event(
          belief,
          EventSeverity.INFO,
          "clock-believed",
          "the clock is believed: " + belief.basis().words(),
          Map.of(
              "doubtedSeconds", Long.toString(TimeUnit.NANOSECONDS.toSeconds(doubtedFor)),
              "setBySeconds", seconds(setBy)));
    }
    doubted = false;
    jumped = false;
    jumpTold = false;
  }

  private void event(
      Belief belief,
      EventSeverity severity,
      String type,
      String message,
      Map<String, String> detail) {
    scribe.event(
        new EventRow(belief.presentMicros(), severity, type, "", message, new TreeMap<>(detail)));
  }

  private static String seconds(long micros) {
    return Long.toString(TimeUnit.MICROSECONDS.toSeconds(micros));
  }
}
