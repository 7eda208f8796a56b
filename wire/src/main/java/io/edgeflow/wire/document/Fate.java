package io.edgeflow.wire.document;

/** What finally became of a frame number, in the edge's account. No fate is ever taken back. */
public enum Fate {
  /** The cloud's database has it. */
  COMMITTED,
  /** A coarse frame that carries its readings took its place. */
  SUPERSEDED,
  /** The cloud does not want it; it keeps the bytes in quarantine. */
  REFUSED,
  /** The cloud has this number with other content; the bytes stay at the edge. */
  CONFLICT,
  /** The edge gave it up for want of room. */
  DROPPED
}
