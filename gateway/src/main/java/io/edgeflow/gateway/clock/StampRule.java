package io.edgeflow.gateway.clock;

import io.edgeflow.aggregator.reading.Quality;

/**
 * Which time a reading gets (T2).
 *
 * <p>A sender's stamp stands, however old, and is uncertain while no clock is believed. It is
 * replaced by the time of arrival if it is before 2000, if it is further ahead of a
 * <em>believed</em> clock than {@code time.maxFuture}, or if it is in 2200 or later: no sensor
 * means that, and no database along the way has to carry it.
 *
 * @param maxFutureMicros {@code time.maxFuture}
 */
public record StampRule(long maxFutureMicros) {
  /** 2000-01-01T00:00:00Z. */
  public static final long EARLIEST_MICROS = 946_684_800_000_000L;

  /** 2200-01-01T00:00:00Z, exclusive. */
  public static final long LATEST_MICROS = 7_258_118_400_000_000L;

  /**
   * @param quality what the source says of the value; a stale or bad reading stays so, a good one
   *     may become uncertain
   * @param arrivedNanos when the reading arrived, monotonic time
   */
  public Stamp stamped(long stampMicros, Quality quality, Belief belief, long arrivedNanos) {
    long arrivalMicros = belief.at(arrivedNanos);
    if (impossible(stampMicros) || tooFarAhead(stampMicros, arrivalMicros, belief)) {
      return new Stamp(arrivalMicros, doubted(quality), StampSource.REPLACED, stampMicros);
    }
    Quality kept = belief.believed() ? quality : doubted(quality);
    return new Stamp(stampMicros, kept, StampSource.SENDER, stampMicros);
  }

  /** The time of a reading that brought none. */
  public Stamp unstamped(Quality quality, Belief belief, long arrivedNanos) {
    Quality kept = belief.believed() ? quality : doubted(quality);
    return new Stamp(belief.at(arrivedNanos), kept, StampSource.ARRIVAL, Stamp.NO_CLAIM);
  }

  private boolean tooFarAhead(long stampMicros, long arrivalMicros, Belief belief) {
    return belief.believed() && stampMicros - arrivalMicros > maxFutureMicros;
  }

  private static boolean impossible(long stampMicros) {
    return stampMicros < EARLIEST_MICROS || stampMicros >= LATEST_MICROS;
  }

  private static Quality doubted(Quality quality) {
    return quality == Quality.GOOD ? Quality.UNCERTAIN : quality;
  }
}
