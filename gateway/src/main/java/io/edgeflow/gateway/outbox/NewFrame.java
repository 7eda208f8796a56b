package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.FrameId;

/**
 * What the ledger must know of a frame.
 *
 * @param createdMicros when it was numbered, microseconds since the epoch
 * @param bytes of the encoded frame
 * @param readings that it carries
 * @param runningTotal readings of its lane and incarnation up to it, itself included (L1)
 */
public record NewFrame(
    FrameId id, long createdMicros, int bytes, long readings, long runningTotal, Grain grain) {}
