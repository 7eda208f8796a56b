package io.edgeflow.gateway.uplink;

/**
 * The uplink at one moment, for people.
 *
 * @param sinceNanos when it came to this state, {@link System#nanoTime}
 * @param failures attempts that failed in a row
 * @param creditBytes what the cloud lets be without a verdict
 * @param inFlightBytes of frames sent without a verdict so far
 * @param heldFrames frames without a verdict that the uplink deals with now; the others wait in the
 *     outbox, whose figures tell how many there are
 * @param drained nothing waits for a verdict, neither here nor in the outbox
 * @param oldestLive names the live frame that waits for its verdict longest, the same as long as it
 *     waits; {@link #NONE} if none does
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
    int heldFrames,
    boolean drained,
    long oldestLive,
    String lastError,
    long acknowledgedNanos,
    String database,
    UplinkCounts counts) {
  /** No frame. */
  public static final long NONE = -1;
}
