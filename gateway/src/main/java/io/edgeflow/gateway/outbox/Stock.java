package io.edgeflow.gateway.outbox;

/**
 * How many frames lie in one segment, one file or one lane.
 *
 * @param frames whose bytes are there, settled or not
 * @param pending of these, the frames without a verdict
 * @param pendingBytes of these, encoded
 */
public record Stock(long frames, long pending, long pendingBytes) {
  static final Stock NONE = new Stock(0, 0, 0);
}
