package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.FrameId;

/**
 * A numbered frame that waits for its verdict.
 *
 * @param place where its bytes lay when this was made; {@link Outbox#read} finds them wherever they
 *     went since
 * @param bytes the length of the encoded frame
 * @param readings the readings that it carries
 */
public record OutgoingFrame(FrameId id, FramePlace place, int bytes, long readings) {}
