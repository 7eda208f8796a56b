package io.edgeflow.gateway.clock;

/**
 * What is known of the present at one moment.
 *
 * @param presentMicros the wall clock if it is believed, else the last vouched time plus the
 *     monotonic time since
 * @param nanos the monotonic time of that moment
 */
public record Belief(Basis basis, long presentMicros, long nanos) {
  private static final long NANOS_PER_MICRO = 1_000;

  public boolean believed() {
    return basis.believed();
  }

  /** The time of day at another monotonic time, usually a little earlier: an arrival. */
  public long at(long otherNanos) {
    return presentMicros + Math.floorDiv(otherNanos - nanos, NANOS_PER_MICRO);
  }
}
