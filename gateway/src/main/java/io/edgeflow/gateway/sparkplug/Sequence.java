package io.edgeflow.gateway.sparkplug;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What the sequence numbers of one session say of its messages: 0 to 255 and round again. A number
 * alone cannot tell a message that comes again from one of a round later; with the stamp it came
 * with, it can. A loss of exactly 256 messages, or a multiple, cannot be seen.
 */
final class Sequence {
  private static final int ROUND = 256;

  /** Further ahead than this, and not newer than all others, a message is an old one. */
  private static final int FAR = ROUND / 2;

  /** What a message is. */
  enum Place {
    /** The next one. */
    NEXT,
    /** Those between are missing. */
    AHEAD,
    /** One that was missing. */
    MISSED,
    /** It was here before. */
    AGAIN,
    /** An old one that nobody waits for. */
    LATE
  }

  private final boolean[] seen = new boolean[ROUND];
  private final @Nullable Long[] stamps = new @Nullable Long[ROUND];
  private final BitSet missing = new BitSet(ROUND);
  private int next;
  private @Nullable Long newest;

  /** A session begins with this message. */
  void begin(int seq, @Nullable Long stamp) {
    Arrays.fill(seen, false);
    Arrays.fill(stamps, null);
    missing.clear();
    newest = null;
    next = seq;
    arrived(seq, stamp);
    next = next(seq);
  }

  Place place(int seq, @Nullable Long stamp) {
    int ahead = (seq - next) & (ROUND - 1);
    if (stamp != null && seen[seq] && stamp.equals(stamps[seq]) && !isNew(ahead, stamp)) {
      return Place.AGAIN;
    }
    if (ahead == 0) {
      arrived(seq, stamp);
      next = next(seq);
      return Place.NEXT;
    }
    if (missing.get(seq)) {
      missing.clear(seq);
      arrived(seq, stamp);
      return Place.MISSED;
    }
    if (ahead >= FAR && !isNewest(stamp)) {
      return Place.LATE;
    }
    for (int lost = next; lost != seq; lost = next(lost)) {
      missing.set(lost);
    }
    arrived(seq, stamp);
    next = next(seq);
    return Place.AHEAD;
  }

  /** How many messages are missing. */
  int missing() {
    return missing.cardinality();
  }

  /** The clock of some senders stands still: then a round later has the same stamps. */
  private boolean isNew(int ahead, Long stamp) {
    return ahead < FAR && stamp.equals(newest);
  }

  private boolean isNewest(@Nullable Long stamp) {
    return stamp != null && newest != null && stamp > newest;
  }

  private void arrived(int seq, @Nullable Long stamp) {
    seen[seq] = true;
    stamps[seq] = stamp;
    if (newest == null || (stamp != null && stamp > newest)) {
      newest = stamp;
    }
  }

  private static int next(int seq) {
    return (seq + 1) & (ROUND - 1);
  }
}
