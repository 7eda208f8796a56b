package io.edgeflow.gateway.commissioning;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * The newest reading of a series.
 *
 * @param unit empty where none is known
 * @param timeMicros event time, microseconds since the epoch
 * @param number meaningless where there is a text
 * @param text absent where the value is a number
 */
public record LatestReading(
    String series,
    Kind kind,
    String unit,
    long timeMicros,
    double number,
    @Nullable String text,
    Quality quality) {}
