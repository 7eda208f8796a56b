package io.edgeflow.gateway.capture;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * A value that the gateway asked for or made itself.
 *
 * @param series {@code <device>/<point...>}
 * @param value of a number; meaningless beside a text
 * @param text of a text; null for a number
 * @param stampMicros its own time, in microseconds since the epoch; {@link #ON_ARRIVAL} for that of
 *     its arrival
 */
public record PolledValue(
    String series, double value, @Nullable String text, Quality quality, long stampMicros) {
  public static final long ON_ARRIVAL = Long.MIN_VALUE;

  /** A number. */
  public PolledValue(String series, double value, Quality quality, long stampMicros) {
    this(series, value, null, quality, stampMicros);
  }

  /** A number, of the time of its arrival. */
  public PolledValue(String series, double value, Quality quality) {
    this(series, value, null, quality, ON_ARRIVAL);
  }

  /** A text, of the time of its arrival. */
  public static PolledValue text(String series, String text, Quality quality) {
    return new PolledValue(series, Double.NaN, text, quality, ON_ARRIVAL);
  }

  public boolean stamped() {
    return stampMicros != ON_ARRIVAL;
  }
}
