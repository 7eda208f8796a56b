package io.edgeflow.wire.document;

/** What a bundle holds, as far as a rollout cares. */
public enum PayloadKind {
  /** A model that scores in a slot. */
  MODEL,
  /** A version of a program, which a service beside the gateway installs and restarts. */
  APPLICATION
}
