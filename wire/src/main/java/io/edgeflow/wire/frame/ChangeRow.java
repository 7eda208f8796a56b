package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * A run of equal values of a state or a text (W4).
 *
 * @param series index into the frame's list of series, of a kind that is not windowed
 * @param count readings in the run, at least 1
 * @param number the state; NaN where there is none
 * @param text the text; null where there is none
 */
public record ChangeRow(
    int series,
    long firstMicros,
    long lastMicros,
    long count,
    double number,
    @Nullable String text,
    Quality quality) {}
