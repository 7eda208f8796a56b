package io.edgeflow.wire.frame;

/** Why bytes are not taken for a frame. */
public enum Refusal {
  /** They do not begin as a frame does. */
  NOT_A_FRAME,
  /** A frame of a version that this program does not know yet. */
  FUTURE_VERSION,
  /** Fewer bytes than the frame says it has. */
  TRUNCATED,
  /** A checksum does not match: the bytes changed on their way. */
  CORRUPT,
  /** Beyond the limits of {@link FrameCodec}, packed or unpacked. */
  TOO_LARGE,
  /** Intact, but written against the rules of the format. */
  MALFORMED
}
