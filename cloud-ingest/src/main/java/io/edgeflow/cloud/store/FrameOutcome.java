package io.edgeflow.cloud.store;

/** What a batch did with a frame. */
public enum FrameOutcome {
  /** Its readings are in the tables now. */
  COMMITTED,
  /** Its number was settled before: nothing was done. */
  KNOWN,
  /** Not wanted; its bytes are in quarantine. */
  REFUSED,
  /** Its number was committed before with other content: counted. */
  CONFLICT
}
