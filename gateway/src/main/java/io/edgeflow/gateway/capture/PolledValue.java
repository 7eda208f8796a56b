package io.edgeflow.gateway.capture;

import io.edgeflow.aggregator.reading.Quality;

/**
 * A value that the gateway asked for itself; its time is that of its arrival.
 *
 * @param series {@code <device>/<point...>}
 */
public record PolledValue(String series, double value, Quality quality) {}
