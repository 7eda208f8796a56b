package io.edgeflow.gateway.uplink;

import java.util.random.RandomGenerator;

/**
 * How long the link was down, and how long the backlog therefore waits before it begins to go: a
 * thousand edges that lost one cloud must not all pour what they have into it in the second in
 * which it returns. The pause is a random part of a bound, and no more than a quarter of the
 * outage, or a link that flaps would never drain. What a process finds at its start has waited for
 * nobody knows how long. Pure.
 */
final class Outage {
  private final long mostNanos;
  private long since;
  private boolean down = true;
  private boolean ofUnknownLength = true;

  Outage(long mostNanos, long now) {
    this.mostNanos = mostNanos;
    this.since = now;
  }

  void began(long now) {
    if (!down) {
      down = true;
      since = now;
    }
  }

  /** The link works. How long the backlog waits, in nanoseconds; 0 if it worked all the time. */
  long endedWithPause(long now, RandomGenerator random) {
    if (!down) {
      return 0;
    }
    long bound = ofUnknownLength ? mostNanos : Math.min(mostNanos, (now - since) / 4);
    down = false;
    ofUnknownLength = false;
    return random.nextLong(bound + 1);
  }
}
