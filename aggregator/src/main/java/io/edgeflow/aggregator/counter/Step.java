package io.edgeflow.aggregator.counter;

/** What a reading says of its counter. */
public enum Step {
  /** It goes on, or it is the first one. */
  ON,
  /** It passed the top of its range and began at zero again. */
  ROLLED_OVER,
  /** It fell for another reason: it was set to zero, or replaced. */
  RESET,
  /** The reading is older than the newest one: it changes nothing. */
  LATE,
  /** As {@link #LATE}, from before everything that is remembered of this counter. */
  TOO_LATE
}
