package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * One reading, for series that opted in (L11).
 *
 * @param series index into the frame's list of series
 * @param number the value; NaN where there is none
 * @param text the value of a text; null for the other kinds
 */
public record RawRow(
    int series, long timeMicros, double number, @Nullable String text, Quality quality) {}
