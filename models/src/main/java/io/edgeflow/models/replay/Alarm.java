package io.edgeflow.models.replay;

/**
 * A score was beyond a threshold for as long as it has to be.
 *
 * @param subject a device, or a series where each is scored on its own
 * @param threshold its name
 * @param fromMicros when the score went beyond it
 * @param toMicros when it was last beyond it
 * @param peak the score that was furthest beyond it
 */
public record Alarm(
    String subject, String threshold, long fromMicros, long toMicros, double peak) {}
