package io.edgeflow.wire.document;

import java.time.Duration;

/**
 * What is to run in one slot.
 *
 * @param slot the name of a slot; of an application the name of the program
 * @param model the bundle's name; empty, as version, where {@code digest} is
 * @param digest of the bundle, 64 hexadecimal digits; empty: what the edge's own configuration
 *     names
 * @param rollout which one asks for it
 * @param shadow how long it is compared before it serves; whole seconds, 0 for not at all
 * @param soak how long it serves before it counts as proven; whole seconds
 */
public record DesiredSlot(
    PayloadKind kind,
    String slot,
    String model,
    String version,
    String digest,
    String rollout,
    Duration shadow,
    Duration soak) {
  public DesiredSlot {
    if (slot.isEmpty()) {
      throw new IllegalArgumentException("a slot without a name");
    }
    Digests.check(digest, true);
    if (shadow.isNegative() || soak.isNegative()) {
      throw new IllegalArgumentException("a time of a slot is negative");
    }
  }
}
