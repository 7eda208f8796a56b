package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Which frame goes next, if any: events before all others, then live ones, with a guaranteed share
 * for the backlog, within the credit; of live ones as of the backlog, windows before raw readings.
 * A quarter of the credit is kept from a backlog that goes alone, and no more of it is under way
 * than its {@link Pace} allows, so that a live frame need not wait long for verdicts on old ones; a
 * share that is owed goes all the same. A frame larger than the credit goes when nothing else is
 * under way; without any credit one frame per interval may go (L4).
 *
 * <p>Where a thousand edges return at once, credits are short and edges take turns: a minute that
 * closes meanwhile would wait for its edge's turn behind the backlog of all. So the interval of
 * what is news, a live event or window, is a second: where the credit is less than two such frames,
 * one may go all the same, if no other one is under way.
 *
 * <p>Whatever the cloud grants, no more than {@link #MOST_CREDIT} bytes and such a frame are under
 * way: they are in memory until the broker took them.
 */
final class Chooser {
  static final long MOST_CREDIT = 16L * 1024 * 1024;
  private static final long MOST_OWED = 4L * 1024 * 1024;
  private static final long NEWS_NANOS = 1_000_000_000L;

  private final FramesInHand held;
  private final Pace pace;
  private final int share;
  private final long trickleNanos;
  private long credit;
  private long owedToBacklog;
  private long nextTrickle;

  /** When one frame that is news may go beyond the credit. */
  private long nextNews;

  /** Until then the backlog waits; events do not. */
  private long backlogFrom;

  Chooser(FramesInHand held, Pace pace, int share, long credit, long trickleNanos, long now) {
    this.held = held;
    this.pace = pace;
    this.share = share;
    this.credit = credit;
    this.trickleNanos = trickleNanos;
    this.nextTrickle = now;
    this.nextNews = now;
    this.backlogFrom = now;
  }

  void grant(long bytes) {
    credit = Math.min(bytes, MOST_CREDIT);
  }

  long credit() {
    return credit;
  }

  /** Frames under way take more than there is credit for now: it fell. */
  boolean overdrawn() {
    return held.inFlightBytes() > credit;
  }

  void holdBacklogUntil(long nanos) {
    backlogFrom = nanos;
  }

  boolean backlogWaits(long now) {
    return backlogFrom - now > 0;
  }

  /** The frame to send now; null if none may go. The caller must then take it out of the queue. */
  @Nullable Entry next(long now) {
    Entry event = firstOf(Lane.EVENT);
    Entry live = first(true);
    Entry backlog = backlogWaits(now) ? null : first(false);
    if (backlog == null) {
      owedToBacklog = 0;
    }
    boolean both = event == null && backlog != null && live != null;
    boolean owed = both && isOwed(backlog);
    Entry chosen = event != null ? event : live == null || owed ? backlog : live;
    if (chosen != null && mayGo(chosen, event != null || chosen.live || owed, now)) {
      account(chosen, both);
      if (credit == 0) {
        nextTrickle = now + trickleNanos;
      }
      return chosen;
    }
    Entry news = firstNews();
    if (news == null || held.newsInFlight() > 0 || nextNews - now > 0) {
      return null;
    }
    account(news, both);
    nextNews = now + NEWS_NANOS;
    return news;
  }

  /** How long until {@link #next} may give a frame that it does not give now; or far away. */
  long waitNanos(long now) {
    long wait = backlogWaits(now) ? backlogFrom - now : Long.MAX_VALUE;
    if (credit == 0 && anyReady(now)) {
      wait = Math.min(wait, Math.max(0, nextTrickle - now));
    }
    if (nextNews - now > 0 && held.newsInFlight() == 0 && firstNews() != null) {
      wait = Math.min(wait, nextNews - now);
    }
    return wait;
  }

  private boolean anyReady(long now) {
    return firstOf(Lane.EVENT) != null
        || first(true) != null
        || (!backlogWaits(now) && first(false) != null);
  }

  /** What may go beyond the credit, because that is short; null if nothing may. */
  private @Nullable Entry firstNews() {
    Entry event = held.firstReady(Lane.EVENT, true);
    Entry first = event != null ? event : held.firstReady(Lane.WINDOW, true);
    return first != null && credit < 2L * first.frame.bytes() ? first : null;
  }

  private @Nullable Entry firstOf(Lane lane) {
    Entry live = held.firstReady(lane, true);
    Entry backlog = held.firstReady(lane, false);
    return live == null || (backlog != null && backlog.turn < live.turn) ? backlog : live;
  }

  private @Nullable Entry first(boolean ofLive) {
    Entry window = held.firstReady(Lane.WINDOW, ofLive);
    return window != null ? window : held.firstReady(Lane.RAW, ofLive);
  }

  private boolean isOwed(@Nullable Entry backlog) {
    return backlog != null && owedToBacklog >= backlog.frame.bytes();
  }

  private boolean mayGo(Entry chosen, boolean urgent, long now) {
    if (credit == 0) {
      return nextTrickle - now <= 0;
    }
    int bytes = chosen.frame.bytes();
    long limit = urgent ? credit : credit - credit / 4;
    boolean paced = urgent || pace.allows(held.backlogInFlightBytes(), bytes);
    return held.inFlightFrames() == 0 || (paced && held.inFlightBytes() + bytes <= limit);
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
