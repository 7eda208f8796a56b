package io.edgeflow.gateway.capture;

import io.edgeflow.aggregator.reading.Quality;

/**
 * A value that the gateway asked for or made itself.
 *
 * @param series {@code <device>/<point...>}
 * @param stampMicros its own time, in microseconds since the epoch; {@link #ON_ARRIVAL} for that of
 *     its arrival
 */
public record PolledValue(String series, double value, Quality quality, long stampMicros) {
  public static final long ON_ARRIVAL = Long.MIN_VALUE;

  /** Of the time of its arrival. */
  public PolledValue(String series, double value, Quality quality) {
    this(series, value, quality, ON_ARRIVAL);
  }

  public boolean stamped() {
    return stampMicros != ON_ARRIVAL;
  }
}
