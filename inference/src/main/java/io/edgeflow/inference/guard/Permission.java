package io.edgeflow.inference.guard;

import java.time.Duration;

/** Whether a model may be tried (R2). */
public sealed interface Permission {
  /** It is noted, on the disk, that it is being tried. */
  record Granted(Attempt attempt) implements Permission {}

  /** The process died of it too often. */
  sealed interface Denied extends Permission {
    /** Deaths of this process in attempts at it, one after the other. */
    int deaths();
  }

  /** Not before somebody forgives it. */
  record Refused(String digest, int deaths) implements Denied {}

  /**
   * Not yet: it was survived before, and what ended the process may have been something else.
   *
   * @param left until it may be tried
   */
  record Resting(String digest, int deaths, Duration left) implements Denied {}
}
