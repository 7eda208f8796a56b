package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.BreakerState.Closed;
import io.edgeflow.inference.guard.BreakerState.HalfOpen;
import io.edgeflow.inference.guard.BreakerState.Open;
import java.time.Duration;

/**
 * Decides from what came of the calls before whether there is another. A failure weighs as much as
 * four successes, so that a model that fails every third time is found as well. Knows no clock: all
 * times are monotonic nanoseconds. Not thread-safe.
 */
final class CircuitBreaker {
  private static final int FAILURE = 4;
  private static final int MOST_DOUBLINGS = 30;

  private final BreakerSettings settings;
  private BreakerState state = new Closed(0);

  CircuitBreaker(BreakerSettings settings) {
    this.settings = settings;
  }

  BreakerState state() {
    return state;
  }

  /**
   * Whether a call may be made now. One that may must be followed by {@link #succeeded}, {@link
   * #failed} or {@link #notCalled}.
   */
  boolean permits(long nowNanos) {
    return switch (state) {
      case Closed _ -> true;
      case HalfOpen _ -> false;
      case Open open -> {
        boolean over = nowNanos - open.untilNanos() >= 0;
        if (over) {
          state = new HalfOpen(open.times());
        }
        yield over;
      }
    };
  }

  void succeeded() {
    switch (state) {
      case Closed closed -> {
        if (closed.weight() > 0) {
          state = new Closed(closed.weight() - 1);
        }
      }
      case HalfOpen _ -> state = new Closed(0);
      // A call from before it opened.
      case Open _ -> {}
    }
  }

  void failed(long nowNanos) {
    switch (state) {
      case Closed closed -> {
        int weight = closed.weight() + FAILURE;
        state = weight >= settings.failures() * FAILURE ? open(nowNanos, 1) : new Closed(weight);
      }
      case HalfOpen halfOpen -> state = open(nowNanos, halfOpen.times() + 1);
      case Open _ -> {}
    }
  }

  /** The permitted call did not reach the model, so nothing is known of it. */
  void notCalled(long nowNanos) {
    if (state instanceof HalfOpen halfOpen) {
      state = new Open(nowNanos, halfOpen.times());
    }
  }

  private Open open(long nowNanos, int times) {
    return new Open(nowNanos + openFor(times).toNanos(), times);
  }

  private Duration openFor(int times) {
    Duration doubled = settings.openFor().multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    return doubled.compareTo(settings.longestOpen()) < 0 ? doubled : settings.longestOpen();
  }
}
