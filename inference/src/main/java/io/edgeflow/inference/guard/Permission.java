package io.edgeflow.inference.guard;

/** Whether a model may be tried (R2). */
public sealed interface Permission {
  /** It is noted, on the disk, that it is being tried. */
  record Granted(Attempt attempt) implements Permission {}

  /**
   * Not before somebody forgives it.
   *
   * @param deaths of this process in attempts at it, one after the other
   */
  record Refused(String digest, int deaths) implements Permission {}
}
