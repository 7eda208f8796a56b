package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * A run of equal values of a state or text, in the order of arrival (W4).
 *
 * @param firstMicros least event time of the run
 * @param lastMicros greatest event time of the run
 * @param count readings of the run, at least 1
 * @param number the state; 0 for a text
 * @param text null for a state
 */
public record Change(
    int series,
    long firstMicros,
    long lastMicros,
    long count,
    double number,
    @Nullable String text,
    Quality quality) {}
