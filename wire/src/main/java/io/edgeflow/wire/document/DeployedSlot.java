package io.edgeflow.wire.document;

/**
 * How far one slot is.
 *
 * @param model the bundle's name; empty, as version and digest, for what the configuration names
 * @param rollout which one asked for it
 * @param proven it serves and its soak is over without a complaint
 * @param detail why it is in this state, for people; at most {@link Deployment#MAX_DETAIL}
 *     characters
 * @param previous digest of what served before; empty for what the configuration names, or nothing
 * @param sinceMillis when it came into this state, by the edge's clock
 * @param doneBytes of the download, what was there already included
 * @param totalBytes of the bundle; 0 while that is not known
 */
public record DeployedSlot(
    PayloadKind kind,
    String slot,
    String model,
    String version,
    String digest,
    String rollout,
    DeployState state,
    boolean proven,
    String detail,
    String previous,
    long sinceMillis,
    long doneBytes,
    long totalBytes,
    Evidence evidence) {
  public DeployedSlot {
    Digests.check(digest, true);
    Digests.check(previous, true);
  }
}
