package io.edgeflow.wire.document;

/**
 * How far an edge is with what it was asked to run. An edge notes each step on its disk before it
 * takes it.
 *
 * <pre>
 * queued -> downloading -> verified -> prepared -> shadow -> active
 *      \         \             \           \          \         \
 *       +---------+-------------+-----------+----------+---------+--> rejected, failed, rolled-back
 * </pre>
 */
public enum DeployState {
  /** The document was taken. */
  QUEUED,
  DOWNLOADING,
  /** All bytes are there, and somebody who counts vouches for them. */
  VERIFIED,
  /** It is loaded and has proved itself on its golden vectors. */
  PREPARED,
  /** It scores beside the one that serves, and is compared. */
  SHADOW,
  /** It serves; whether its soak is over too, {@link DeployedSlot#proven} tells. */
  ACTIVE,
  /** It is not to be trusted, or the edge refuses it; it never ran. */
  REJECTED,
  /** It could not be brought to serve; what served before serves on. */
  FAILED,
  /** It served, did badly, and the one before serves again. The edge refuses it from now on. */
  ROLLED_BACK;

  /** Nothing more happens of its own accord. */
  public boolean isEnd() {
    return this == REJECTED || this == FAILED || this == ROLLED_BACK;
  }

  /** As it stands in documents. */
  public String word() {
    return Words.word(this).replace('_', '-');
  }
}
