package io.edgeflow.aggregator.window;

/** When an open window is ready to be sent (T3, T4); {@link Windower} says it in words. */
final class DueRule {
  private static final long NANOS_PER_MICRO = 1_000;

  private final long closingMicros;
  private final long supplementNanos;
  private final long idleNanos;

  DueRule(WindowRule rule) {
    closingMicros = rule.lengthMicros() + rule.graceMicros();
    supplementNanos = rule.lengthMicros() * NANOS_PER_MICRO;
    idleNanos = closingMicros * NANOS_PER_MICRO;
  }

  /** Starts the ages of a restored window. */
  boolean isDue(
      Track track, Accumulator window, long believedNowMicros, long nowNanos, boolean crowded) {
    if (track.lastArrivalNanos == Accumulator.UNKNOWN_NANOS) {
      track.lastArrivalNanos = nowNanos;
    }
    if (window.openedNanos == Accumulator.UNKNOWN_NANOS) {
      window.openedNanos = nowNanos;
    }
    long age = nowNanos - window.openedNanos;
    if (nowNanos - track.lastArrivalNanos >= idleNanos || age >= 2 * idleNanos) {
      return true;
    }
    long closes = window.startMicros + closingMicros;
    if (closes > Math.min(track.newestMicros, believedNowMicros)) {
      return false;
    }
    return crowded
        || age >= supplementNanos
        || !isSupplement(window, closes, believedNowMicros, age);
  }

  /** True if the watermark had passed the window's end and grace when the window was opened. */
  private static boolean isSupplement(
      Accumulator window, long closes, long believedNowMicros, long ageNanos) {
    long believedAtOpening =
        believedNowMicros == Windower.NO_CLOCK
            ? Windower.NO_CLOCK
            : believedNowMicros - ageNanos / NANOS_PER_MICRO;
    return closes <= Math.min(window.newestAtOpeningMicros, believedAtOpening);
  }
}
