package io.edgeflow.gateway.recorder;

/** When a sender is told that its message is safe. The codes are nowhere on disk. */
public enum Acknowledge {
  /** When its record is synced: the promise. */
  SYNCED,

  /**
   * When its record is appended: what was not synced yet is lost with the process or the power. The
   * promise is off. Frames wait for their sync all the same (J5).
   */
  RECEIVED
}
