package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A stretch without a value, in which no line may be drawn. Milliseconds since the epoch.
 *
 * @param reason a word, see {@link GapReasons}
 * @param detail for people; may be empty
 */
record Gap(
    long from, long to, String reason, @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail) {}
