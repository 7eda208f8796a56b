package io.edgeflow.gateway.uplink;

import org.jspecify.annotations.Nullable;

/**
 * Which frame goes next, if any: live ones first, with a guaranteed share for the backlog, within
 * the credit. A quarter of the credit is kept from a backlog that goes alone, so that a live frame
 * need not wait for a verdict on an old one. A frame larger than the credit goes when nothing else
 * is under way; without any credit one frame per interval may go (L4).
 */
final class Chooser {
  private static final long MOST_OWED = 4L * 1024 * 1024;

  private final PendingFrames pending;
  private final int share;
  private final long trickleNanos;
  private long credit;
  private long owedToBacklog;
  private long nextTrickle;

  Chooser(PendingFrames pending, int share, long credit, long trickleNanos, long now) {
    this.pending = pending;
    this.share = share;
    this.credit = credit;
    this.trickleNanos = trickleNanos;
    this.nextTrickle = now;
  }

  void grant(long bytes) {
    credit = bytes;
  }

  long credit() {
    return credit;
  }

  /** The frame to send now; null if none may go. The caller must then take it out of the queue. */
  @Nullable Entry next(long now) {
    Entry live = pending.firstReady(true);
    Entry backlog = pending.firstReady(false);
    if (backlog == null) {
      owedToBacklog = 0;
    }
    boolean owed = backlog != null && live != null && owedToBacklog >= backlog.frame.bytes();
    Entry chosen = live == null || owed ? backlog : live;
    if (chosen == null || !mayGo(chosen, owed, now)) {
      return null;
    }
    account(chosen, backlog != null && live != null);
    if (credit == 0) {
      nextTrickle = now + trickleNanos;
    }
    return chosen;
  }

  /** How long until the next frame may go without credit; far away if there is credit. */
  long waitNanos(long now) {
    boolean waits = pending.firstReady(true) != null || pending.firstReady(false) != null;
    return credit == 0 && waits ? Math.max(0, nextTrickle - now) : Long.MAX_VALUE;
  }

  private boolean mayGo(Entry chosen, boolean owed, long now) {
    if (credit == 0) {
      return nextTrickle - now <= 0;
    }
    long limit = chosen.live || owed ? credit : credit - credit / 4;
    return pending.inFlightFrames() == 0 || pending.inFlightBytes() + chosen.frame.bytes() <= limit;
  }

  private void account(Entry chosen, boolean both) {
    if (chosen.live && both) {
      owedToBacklog = Math.min(MOST_OWED, owedToBacklog + ceil(chosen.frame.bytes()));
    } else if (!chosen.live) {
      owedToBacklog = Math.max(0, owedToBacklog - chosen.frame.bytes());
    }
  }

  private long ceil(long liveBytes) {
    return (liveBytes + share - 2) / (share - 1);
  }
}
