package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One reading as it was accepted.
 *
 * @param t when it was measured, milliseconds since the epoch
 * @param micros beyond {@code t}, 0 to 999; absent if 0
 * @param value a number, a text, or null where it carries none
 */
record RawReading(
    long t,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int micros,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object value,
    String quality) {}
