package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the waiting frames of one lane were read from the outbox, so that none is forgotten.
 *
 * <pre>
 *   AT_REST ──(room)──► ASKED ──(page)──► AT_REST ──(last page, none left behind)──► COMPLETE
 *      ▲                                                                                │
 *      └──(a frame was left behind: found by a sweep that begins anew)──────────────────┘
 * </pre>
 *
 * COMPLETE means that every frame of the lane without a verdict is held in memory. A frame that is
 * announced but not held is <em>left behind</em>: the running sweep may be beyond it, so another
 * one follows. Pure.
 */
final class Sweep {
  private @Nullable FrameId after;
  private boolean complete;
  private boolean asked;
  private boolean leftBehind;

  /** Tells a page that was asked for before the sweep began anew from one of its own. */
  private long generation;

  /**
   * What was judged or given up since the page was asked for: the page may have been read before,
   * and would send it once more.
   */
  private final Map<Incarnation, RangeSet> judged = new HashMap<>();

  boolean complete() {
    return complete;
  }

  boolean wantsPage() {
    return !complete && !asked;
  }

  @Nullable FrameId after() {
    return after;
  }

  long generation() {
    return generation;
  }

  void asked() {
    asked = true;
    judged.clear();
  }

  void judged(Incarnation incarnation, long from, long to) {
    if (asked) {
      judged.computeIfAbsent(incarnation, unknown -> new RangeSet()).add(from, to);
    }
  }

  private boolean waits(FrameId id) {
    RangeSet numbers = judged.get(id.incarnation());
    return numbers == null || !numbers.contains(id.number());
  }

  /** A frame that waits is not held. */
  void leftBehind() {
    leftBehind = true;
    complete = false;
  }

  /** Begins at the first frame of the order again; a page under way is not wanted any more. */
  void restart() {
    generation++;
    asked = false;
    begin();
  }

  /** The frames of the page that wait still; none if the page is not wanted any more. */
  List<OutgoingFrame> read(long askedIn, FramePage page) {
    if (askedIn != generation || !asked) {
      return List.of();
    }
    asked = false;
    if (!page.last()) {
      after = page.frames().isEmpty() ? after : page.frames().getLast().id();
    } else if (leftBehind) {
      begin();
    } else {
      complete = true;
    }
    return page.frames().stream().filter(frame -> waits(frame.id())).toList();
  }

  private void begin() {
    after = null;
    complete = false;
    leftBehind = false;
  }
}
