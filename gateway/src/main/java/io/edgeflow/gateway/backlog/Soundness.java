package io.edgeflow.gateway.backlog;

/** In what state a file was found. */
public enum Soundness {
  /** Nothing speaks against it; {@link Backlog#verify} has read every byte to say so. */
  SOUND,
  /** Something is broken: the frames that are listed were found intact one by one. */
  DAMAGED,
  /** It belongs to an edge of another name: nothing of it is used. */
  FOREIGN
}
