package io.edgeflow.gateway.syncnode;

/** How far a request is. */
public enum Phase {
  /** It is copied, checked and unpacked, pulled or loaded; what ran runs on. */
  STAGING,
  /** It is being put in place and started. */
  STARTING,
  /** It runs and answers, and is not proven yet. */
  SOAKING,
  /** It runs and has proved itself. */
  GOOD,
  /** It is not trusted, or it failed before and nobody forgave it; it was not touched. */
  REFUSED,
  /** It could not be staged; what ran runs on. Another request may go better. */
  FAILED,
  /** It did badly, or is not wanted any more: the last good one is being put back. */
  GOING_BACK,
  /** The last good one runs again. */
  ROLLED_BACK
}
