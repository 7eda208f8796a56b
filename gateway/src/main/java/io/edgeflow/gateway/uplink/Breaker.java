package io.edgeflow.gateway.uplink;

/**
 * Counts failures in a row: attempts that came to nothing, connections that were lost, hellos that
 * nobody answered.
 *
 * <pre>
 *   CLOSED ──(the 3rd failure)──► OPEN ──(try)──► HALF_OPEN ──(success)──► CLOSED
 *                                   ▲                 │
 *                                   └────(failure)────┘
 * </pre>
 *
 * A success is an answered hello, not an open socket: a broker without a cloud behind it is no
 * uplink.
 */
final class Breaker {
  static final int THRESHOLD = 3;

  private BreakerState state = BreakerState.CLOSED;
  private int failures;

  BreakerState state() {
    return state;
  }

  int failures() {
    return failures;
  }

  /** The next failure leaves it open. */
  boolean opensNext() {
    return failures + 1 >= THRESHOLD;
  }

  void trying() {
    if (state == BreakerState.OPEN) {
      state = BreakerState.HALF_OPEN;
    }
  }

  void succeeded() {
    failures = 0;
    state = BreakerState.CLOSED;
  }

  void failed() {
    failures++;
    if (failures >= THRESHOLD) {
      state = BreakerState.OPEN;
    }
  }
}
