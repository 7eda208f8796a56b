package io.edgeflow.inference.guard;

/** Whether a model is called. */
public sealed interface BreakerState {
  /**
   * @param weight of the failures that are not outweighed by successes; 0 is health
   */
  record Closed(int weight) implements BreakerState {}

  /**
   * No call is made.
   *
   * @param untilNanos of the monotonic clock
   * @param times in a row that it opened
   */
  record Open(long untilNanos, int times) implements BreakerState {}

  /** One call is on its way, and decides. */
  record HalfOpen(int times) implements BreakerState {}
}
