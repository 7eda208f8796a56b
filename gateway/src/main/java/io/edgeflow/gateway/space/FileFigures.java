package io.edgeflow.gateway.space;

import io.edgeflow.wire.frame.Lane;

/**
 * A sealed file of the backlog, as the space policy sees it.
 *
 * @param old past {@code buffer.keepDelivered}
 * @param frames that the ledger says lie in it, settled or not
 * @param pending of these, frames without a verdict
 * @param pendingBytes of these
 * @param mergeable frames whose windows can still be merged: fine, and never offered (J7)
 * @param coarse whether its pending frames are coarse ones
 * @param oldestMicros when the oldest pending frame was numbered
 * @param synced whether what made its last frame settled is synced; only then may it go
 */
public record FileFigures(
    long id,
    Lane lane,
    long bytes,
    boolean old,
    long frames,
    long pending,
    long pendingBytes,
    long mergeable,
    boolean coarse,
    long oldestMicros,
    boolean synced) {

  /** It holds something, and nothing of it waits for a verdict. */
  boolean settled() {
    return pending == 0;
  }
}
