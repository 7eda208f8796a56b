package io.edgeflow.gateway.uplink;

/**
 * How many bytes of the backlog may be under way so that a verdict takes about half a second: what
 * is ahead of a live frame delays it, and neither the credit nor the edge knows how fast the link
 * and the cloud are. Grows while verdicts come sooner, shrinks when they come later, as delay-based
 * congestion control does. One frame may always be under way. Pure.
 */
final class Pace {
  static final long TARGET_NANOS = 500_000_000L;
  static final long FIRST_BYTES = 256 * 1024;
  private static final long LEAST_BYTES = 16 * 1024;
  private static final long MOST_BYTES = Chooser.MOST_CREDIT;

  private long window = FIRST_BYTES;

  /** Verdicts on what was sent before tell of a window that was changed since. */
  private long shrunkNanos;

  private boolean shrunk;

  long window() {
    return window;
  }

  boolean allows(long underWay, int bytes) {
    return underWay == 0 || underWay + bytes <= window;
  }

  /**
   * A frame that was sent once got its verdict.
   *
   * @param underWay bytes of the backlog, this frame included
   */
  void judged(long sentNanos, long now, int bytes, long underWay) {
    long took = now - sentNanos;
    if (took > TARGET_NANOS) {
      if (isNew(sentNanos)) {
        shrinkTo(Math.max(window / 2, (long) (window * ((double) TARGET_NANOS / took))), now);
      }
    } else if (2 * underWay >= window) {
      grow(took < TARGET_NANOS / 2 ? bytes : bytes / 8);
    }
  }

  /** A frame was put off, or got no verdict in time. */
  void refused(long sentNanos, long now) {
    if (isNew(sentNanos)) {
      shrinkTo(window / 2, now);
    }
  }

  /** Another link, of which nothing is known. */
  void reset() {
    window = FIRST_BYTES;
    shrunk = false;
  }

  private void grow(long bytes) {
    window = Math.min(MOST_BYTES, window + bytes);
  }

  private void shrinkTo(long bytes, long now) {
    window = Math.max(LEAST_BYTES, bytes);
    shrunkNanos = now;
    shrunk = true;
  }

  private boolean isNew(long sentNanos) {
    return !shrunk || sentNanos - shrunkNanos >= 0;
  }
}
