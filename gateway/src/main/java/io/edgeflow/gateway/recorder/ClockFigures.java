package io.edgeflow.gateway.recorder;

import java.util.OptionalLong;

/**
 * What the edge thinks of its clock (T1).
 *
 * @param why the reason for belief or doubt, for people
 * @param cloudOffsetMicros how far the wall clock is ahead of the cloud's, where the cloud has said
 */
public record ClockFigures(
    boolean believed, String why, long presentMicros, OptionalLong cloudOffsetMicros) {}
