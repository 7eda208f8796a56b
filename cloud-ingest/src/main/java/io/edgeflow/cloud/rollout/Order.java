package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DesiredSlot;

/**
 * What an edge's next document must say of one slot. Carrying it out twice is harmless, and one
 * that was not carried out is given again by the next step.
 */
public sealed interface Order {
  String edge();

  DesiredSlot slot();

  /** Begin. */
  record Issue(String edge, DesiredSlot slot) implements Order {}

  /** Return to what it ran; names the digest before, or none for what its configuration names. */
  record Back(String edge, DesiredSlot slot) implements Order {}
}
