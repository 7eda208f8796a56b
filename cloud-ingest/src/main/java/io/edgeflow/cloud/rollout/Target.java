package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;

/**
 * The bundle of a rollout, found in the registry.
 *
 * @param slot name of the slot, or of the program
 * @param bytes of the whole bundle
 */
public record Target(
    PayloadKind payload, String slot, String model, String version, String digest, long bytes) {
  public Target {
    if (!Digests.isOne(digest)) {
      throw new IllegalArgumentException("a target without a digest");
    }
  }

  /** For people. */
  public String name() {
    return model + " " + version;
  }
}
