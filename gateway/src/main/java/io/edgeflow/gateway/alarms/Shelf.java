package io.edgeflow.gateway.alarms;

/**
 * Somebody does not want to hear of an alarm for a while.
 *
 * @param untilMicros when it ends, as the time was believed when it began
 * @param lengthMicros how long it lasts at most, whatever clocks do
 */
public record Shelf(long untilMicros, long lengthMicros, String who, String why) {}
