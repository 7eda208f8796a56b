package io.edgeflow.wire.document;

/** What the cloud says about a frame number (L2). */
public enum Verdict {
  COMMITTED,
  SUPERSEDED,
  REFUSED,
  CONFLICT,
  /** Cannot be judged now: the edge sends it again after a while; the lane goes on meanwhile. */
  LATER
}
