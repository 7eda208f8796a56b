package io.edgeflow.gateway.uplink;

/**
 * What the uplink did since the process started.
 *
 * @param sent frames sent for the first time
 * @param resent frames sent again
 * @param later verdicts that asked to come again later
 * @param ignored verdicts on numbers that are not pending here, and documents that are none
 */
public record UplinkCounts(long sent, long resent, long later, long ignored, long hellos) {}
