package io.edgeflow.gateway.outbox;

/**
 * What lies in one file of the backlog.
 *
 * @param frames settled or not
 * @param pending of these, the frames without a verdict
 * @param pendingBytes of these, encoded
 * @param mergeable of these, fine ones whose blocks were never offered (J7)
 * @param coarse whether any of them is coarse
 * @param oldestMicros when the oldest pending frame was numbered; {@link Long#MAX_VALUE} for none
 */
public record FileStock(
    long frames,
    long pending,
    long pendingBytes,
    long mergeable,
    boolean coarse,
    long oldestMicros) {
  public static final FileStock NONE = new FileStock(0, 0, 0, 0, false, Long.MAX_VALUE);
}
