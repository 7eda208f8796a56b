package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameId;

/**
 * One frame that a file holds, without its bytes; as the frame's own header tells it.
 *
 * @param createdMicros when it was numbered, microseconds since the epoch
 * @param bytes its length on the wire
 * @param runningTotal readings of its incarnation and lane up to it, itself included (L1)
 */
public record SealedFrame(
    FrameId id, long createdMicros, int bytes, long readings, long runningTotal) {}
