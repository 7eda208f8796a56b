package io.edgeflow.gateway.clock;

import io.edgeflow.aggregator.reading.Quality;

/**
 * The decided time of a reading.
 *
 * @param timeMicros event time
 * @param claimedMicros the sender's own stamp before any correction, by which a resent reading is
 *     recognised (I1); {@link #NO_CLAIM} if there was none
 */
public record Stamp(long timeMicros, Quality quality, StampSource source, long claimedMicros) {
  public static final long NO_CLAIM = Long.MIN_VALUE;
}
