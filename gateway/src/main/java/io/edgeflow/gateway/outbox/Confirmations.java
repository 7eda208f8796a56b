package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;

/**
 * Whether the cloud has heard of the fates that only the edge knows: dropped and superseded. Until
 * then their incarnation must not be forgotten, or the numbers would be missing for ever (L3, L9).
 * Kept in memory only: after a restart the next hello tells them once more.
 */
final class Confirmations {
  private long given;
  private long told;
  private long confirmed;

  void gave(Fate fate) {
    if (fate == Fate.DROPPED || fate == Fate.SUPERSEDED) {
      given++;
    }
  }

  /** Hello goes out with all of them. */
  void told() {
    told = given;
  }

  /** The last hello was answered. */
  void confirmed() {
    confirmed = told;
  }

  boolean complete() {
    return confirmed == given;
  }
}
