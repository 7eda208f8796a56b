package io.edgeflow.gateway.uplink;

/**
 * The uplink at one moment, for people.
 *
 * @param sinceNanos when it came to this state, {@link System#nanoTime}
 * @param failures attempts that failed in a row
 * @param creditBytes what the cloud lets be without a verdict
 * @param inFlightBytes of frames sent without a verdict so far
 * @param pendingFrames frames without a verdict, sent or not
 * @param lastError why the last attempt ended; empty if none did
 * @param acknowledgedNanos when the last acknowledgement came, {@link System#nanoTime}; 0 for never
 * @param database which database the cloud writes to; empty until it says
 */
public record UplinkStatus(
    UplinkState state,
    long sinceNanos,
    BreakerState breaker,
    int failures,
    long creditBytes,
    long inFlightBytes,
    int inFlightFrames,
    int pendingFrames,
    long pendingBytes,
    String lastError,
    long acknowledgedNanos,
    String database,
    UplinkCounts counts) {}
