package io.edgeflow.gateway.deploy;

import static java.util.Objects.requireNonNull;

import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;

/**
 * What is to run in a slot.
 *
 * @param digest of the bundle; empty: what the configuration names
 */
record Target(
    PayloadKind kind,
    String model,
    String version,
    String digest,
    String rollout,
    long shadowSeconds,
    long soakSeconds) {
  /** A file that somebody edited may lack anything. */
  Target {
    requireNonNull(kind);
    requireNonNull(model);
    requireNonNull(version);
    requireNonNull(digest);
    requireNonNull(rollout);
  }

  static Target of(DesiredSlot slot) {
    return new Target(
        slot.kind(),
        slot.model(),
        slot.version(),
        slot.digest(),
        slot.rollout(),
        slot.shadow().toSeconds(),
        slot.soak().toSeconds());
  }

  Duration shadow() {
    return Duration.ofSeconds(shadowSeconds);
  }

  Duration soak() {
    return Duration.ofSeconds(soakSeconds);
  }

  boolean isConfigured() {
    return digest.isEmpty();
  }

  Target named(String name, String newVersion) {
    return new Target(kind, name, newVersion, digest, rollout, shadowSeconds, soakSeconds);
  }

  /** For people. */
  String words() {
    if (isConfigured()) {
      return "what the configuration names";
    }
    return model.isEmpty() ? "bundle " + digest.substring(0, 12) : model + " " + version;
  }
}
