package io.edgeflow.cloud.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the stretches of the grid in which a series has no value. It has none before it was seen
 * first, unless somebody marked that as wrong, and the newest stretches may still come: these are
 * no gaps.
 */
final class GapFinder {
  static final int MOST = 500;

  /** Windows are closed, framed and stored within this if nothing is in the way. */
  private static final long UNDER_WAY = 120_000_000L;

  /** A window is so long if none is seen. */
  private static final long MINUTE = 60_000_000L;

  /** Names the reasons of a stretch without readings, microseconds. */
  interface Reasons {
    /**
     * @param window how long the windows around it are
     * @return one after the other, without holes
     */
    List<Gap> of(long from, long to, long window);

    /** From when on there is one, whenever the series was seen first. */
    long since();
  }

  private final Reasons reasons;
  private final List<Gap> gaps = new ArrayList<>();
  private final long end;
  private long covered;
  private long window = MINUTE;
  private boolean first = true;
  private boolean cut;

  GapFinder(SeriesRow series, DataQuestion question, Reasons reasons) {
    this.reasons = reasons;
    this.end = end(question);
    long since = Math.min(series.firstSeen() * 1000, reasons.since());
    this.covered = Math.max(question.span().from(), question.grid().floor(since));
  }

  /** Until when a gap is one, microseconds. */
  static long end(DataQuestion question) {
    return Math.min(
        question.span().to(), question.grid().floor(Math.max(0, question.now() - UNDER_WAY)));
  }

  /** In order. */
  void point(Slice slice) {
    if (first) {
      // What was stored late is older than its series.
      covered = Math.min(covered, slice.start());
      first = false;
    }
    window = Math.max(window, slice.end() - slice.start());
    if (slice.start() > covered) {
      reasons.of(covered, slice.start(), window).forEach(this::add);
    }
    if (slice.valued() == 0) {
      String word = slice.bad() > 0 ? "bad" : "stale";
      String detail = slice.bad() > 0 ? "every reading was bad" : "the value was stale";
      add(new Gap(slice.start() / 1000, slice.end() / 1000, word, detail));
    }
    covered = Math.max(covered, slice.end());
  }

  List<Gap> end() {
    if (covered < end) {
      reasons.of(covered, end, window).forEach(this::add);
      covered = end;
    }
    return gaps;
  }

  /** Whether there were more than are told. */
  boolean isCut() {
    return cut;
  }

  private void add(Gap gap) {
    Gap last = gaps.isEmpty() ? null : gaps.getLast();
    if (last != null
        && last.to() == gap.from()
        && last.reason().equals(gap.reason())
        && last.detail().equals(gap.detail())) {
      gaps.set(gaps.size() - 1, new Gap(last.from(), gap.to(), gap.reason(), gap.detail()));
    } else if (gaps.size() < MOST) {
      gaps.add(gap);
    } else {
      cut = true;
    }
  }
}
