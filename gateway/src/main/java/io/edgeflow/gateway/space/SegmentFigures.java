package io.edgeflow.gateway.space;

/**
 * A segment of the journal, as the space policy sees it.
 *
 * @param removable whether recovery needs it no more: closed, and older than the newest checkpoint
 * @param old past {@code buffer.keepDelivered}
 * @param pending frames in it without a verdict
 * @param pendingBytes of these
 * @param synced whether what made its last frame settled is synced; only then may it go
 */
public record SegmentFigures(
    long id,
    long bytes,
    boolean removable,
    boolean old,
    long pending,
    long pendingBytes,
    boolean synced) {}
