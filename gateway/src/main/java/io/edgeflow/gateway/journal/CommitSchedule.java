package io.edgeflow.gateway.journal;

/**
 * When to sync: while somebody waits, as soon as the last sync has ended and at least one commit
 * interval after it began, or at once if it is urgent; otherwise one idle interval after something
 * was appended; and one idle interval after the last sync a marker, once. Then nothing, so that an
 * idle process sleeps and flash does not wear. Pure; times are nanoseconds of any monotonic clock.
 */
final class CommitSchedule {
  static final long NEVER = Long.MAX_VALUE;

  private final long commitNanos;
  private final long idleNanos;
  private long lastBegun;
  private long lastEnded;
  private long firstAppended;
  private boolean pending;
  private boolean wanted;
  private boolean urgent;
  private boolean markerOwed;

  /**
   * @param markerOwed whether the log as it is ends in something else than a marker
   */
  CommitSchedule(long commitNanos, long idleNanos, long now, boolean markerOwed) {
    this.markerOwed = markerOwed;
    this.commitNanos = commitNanos;
    this.idleNanos = idleNanos;
    this.lastBegun = now - commitNanos;
    this.lastEnded = now;
  }

  /** Something was appended to an empty batch. */
  void appended(long now) {
    pending = true;
    firstAppended = now;
  }

  /**
   * Somebody waits for what was appended so far. True if that changes when the next sync is due.
   */
  boolean wanted() {
    boolean news = pending && !wanted;
    wanted = pending;
    return news;
  }

  /**
   * What was appended so far must not wait for the commit interval, which may be long. True if that
   * changes when the next sync is due.
   */
  boolean hurried() {
    boolean news = pending && !urgent;
    urgent = pending;
    return news;
  }

  /** The batch is being synced. */
  void begun(long now) {
    pending = false;
    wanted = false;
    urgent = false;
    lastBegun = now;
  }

  void ended(long now) {
    lastEnded = now;
    markerOwed = true;
  }

  void markerWritten() {
    markerOwed = false;
  }

  /** The marker could not be written; try again after another idle interval. */
  void markerFailed(long now) {
    lastEnded = now;
  }

  boolean pending() {
    return pending;
  }

  /** Whether the log ends in something else than a marker. */
  boolean markerOwed() {
    return markerOwed;
  }

  /**
   * Nanoseconds from now until the next sync or marker is due, at most 0 if it is; {@link #NEVER}
   * if there is none.
   */
  long dueIn(long now) {
    if (urgent) {
      return 0;
    }
    if (pending) {
      return wanted ? lastBegun + commitNanos - now : firstAppended + idleNanos - now;
    }
    return markerOwed ? lastEnded + idleNanos - now : NEVER;
  }
}
