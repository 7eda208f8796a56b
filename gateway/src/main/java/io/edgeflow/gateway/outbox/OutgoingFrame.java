package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.frame.FrameId;

/**
 * A numbered frame that waits for its verdict.
 *
 * @param bytes the length of the encoded frame
 * @param readings the readings that it carries
 */
public record OutgoingFrame(FrameId id, LogPosition position, int bytes, long readings) {}
