package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.FrameId;

/**
 * A frame that waits for its verdict and can be read.
 *
 * @param createdMicros when it was numbered, microseconds since the epoch
 * @param bytes of the encoded frame
 * @param offered whether its block may have been sent: then it keeps its resolution (J7)
 */
public record HeldFrame(
    FrameId id,
    FramePlace place,
    long createdMicros,
    int bytes,
    long readings,
    Grain grain,
    boolean offered) {}
