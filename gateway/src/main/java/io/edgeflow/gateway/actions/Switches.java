package io.edgeflow.gateway.actions;

/** The last switches, so that there are never more than so many within a minute. */
final class Switches {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final long[] nanos;
  private int at;
  private int known;

  Switches(int mostPerMinute) {
    nanos = new long[mostPerMinute];
  }

  boolean mayAnother(long now) {
    return known < nanos.length || now - nanos[at] >= MINUTE_NANOS;
  }

  void another(long now) {
    nanos[at] = now;
    at = (at + 1) % nanos.length;
    known = Math.min(known + 1, nanos.length);
  }
}
