package io.edgeflow.gateway.capture;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * A value of a sender that says what it is a value of.
 *
 * @param series {@code <device>/<point...>}
 * @param kind of a new series that the configuration says nothing of
 * @param unit of such a series too; empty if the sender names none
 * @param number NaN for a text
 * @param text absent for a number
 * @param stampMicros the sender's, in microseconds since the epoch; {@link #ON_ARRIVAL} for that of
 *     its arrival
 */
public record SpokenValue(
    String series,
    Kind kind,
    String unit,
    double number,
    @Nullable String text,
    Quality quality,
    long stampMicros) {
  public static final long ON_ARRIVAL = Long.MIN_VALUE;
}
