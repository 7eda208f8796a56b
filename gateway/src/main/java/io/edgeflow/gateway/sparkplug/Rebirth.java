package io.edgeflow.gateway.sparkplug;

/**
 * When a node is asked to be born again: at once, and then not before a pause is over that doubles
 * with each request that did not help. What is wanted during the pause is asked after it.
 */
final class Rebirth {
  static final long FIRST_PAUSE_NANOS = 10_000_000_000L;
  static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

  private boolean wanted;
  private boolean asked;
  private boolean helped;
  private long lastNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  void want() {
    wanted = true;
  }

  boolean wanted() {
    return wanted;
  }

  boolean due(long nanos) {
    return wanted && (!asked || nanos - lastNanos >= pauseNanos);
  }

  void asked(long nanos) {
    pauseNanos =
        asked && !helped ? Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS) : FIRST_PAUSE_NANOS;
    wanted = false;
    asked = true;
    helped = false;
    lastNanos = nanos;
  }

  /**
   * The node was born again.
   *
   * @param helps whether that was all that was needed; a node that uses what it never declares is
   *     asked less and less
   */
  void born(boolean helps) {
    wanted = false;
    helped = helps;
    if (helps) {
      pauseNanos = FIRST_PAUSE_NANOS;
    }
  }

  /** Nobody is there to ask. */
  void dead() {
    wanted = false;
  }
}
