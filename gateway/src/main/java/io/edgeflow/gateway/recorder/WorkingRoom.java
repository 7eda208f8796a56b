package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.RecentStamps;
import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.space.SpacePolicy;
import io.edgeflow.wire.frame.Lane;

/**
 * What of the budget must stay free of readings, so that the edge can always do what makes room:
 * write the next checkpoint, one sealed file beside its sources, the frames of the windows that are
 * open, and what waits for a sync. As long as it does, the budget is a bound, and a full one is no
 * end. Owned by the owner thread.
 */
final class WorkingRoom {
  /** The budget must hold so many checkpoints: the newest, the next one, and what lies between. */
  static final int CHECKPOINTS_IN_BUDGET = 5;

  /** Only closed segments can be deleted: with one as large as the budget nothing ever could. */
  static final int SEGMENTS_IN_BUDGET = 16;

  /** Of the budget, for the memory of recent stamps in one checkpoint. */
  private static final int STAMPS_PART = 16;

  private static final long STAMP_BYTES = 12;
  private static final long WINDOW_BYTES = 110;
  private static final long SERIES_BYTES = 100;
  private static final long FRAME_BYTES = 18;
  private static final long FIXED_BYTES = 4 << 10;

  /** A window in a frame of its own lane: full doubles do not compress. */
  private static final long FRAMED_BYTES = 64;

  private final EdgeState state;
  private final Journal journal;
  private final Backlog backlog;
  private final RecorderSettings settings;

  /** What the last checkpoint took for each byte that was expected. */
  private double found = 1;

  WorkingRoom(EdgeState state, Journal journal, Backlog backlog, RecorderSettings settings) {
    this.state = state;
    this.journal = journal;
    this.backlog = backlog;
    this.settings = settings;
  }

  /**
   * How many stamps are remembered: they are the largest part of most checkpoints, and the one that
   * may be smaller (I2).
   */
  static int stamps(long maxBytes) {
    return (int) Math.min(RecentStamps.DEFAULT_GLOBAL_CAP, maxBytes / STAMPS_PART / STAMP_BYTES);
  }

  /** About what a checkpoint would take now. Cheap. */
  long checkpointBytes() {
    return (long) (found * expectedBytes());
  }

  private long expectedBytes() {
    long frames = 0;
    for (Lane lane : Lane.values()) {
      frames += state.frames.inLane(lane).frames();
    }
    return FIXED_BYTES
        + STAMP_BYTES * state.stamps.rooms()
        + WINDOW_BYTES * state.windows.open()
        + SERIES_BYTES * state.series.size()
        + FRAME_BYTES * frames;
  }

  /** A checkpoint was made: what it takes says what the next ones will. */
  void made(long bytes) {
    found = Math.clamp((double) bytes / expectedBytes(), 0.25, 8);
  }

  /**
   * Whether so much was written that checkpoints are not most of what is: flash wears. But a small
   * budget gives nothing back without one.
   *
   * @param bytesSince the last checkpoint, which took {@code checkpointBytes}
   */
  boolean worthACheckpoint(long bytesSince, long checkpointBytes) {
    return bytesSince >= Math.min(checkpointBytes, settings.maxBytes() / SEGMENTS_IN_BUDGET);
  }

  /** What must stay free of readings. */
  long bytes() {
    return checkpointBytes()
        + FRAMED_BYTES * state.windows.open()
        + SpacePolicy.stepBytes(settings.maxBytes())
        + settings.mostUnsyncedBytes();
  }

  /** What of the budget is neither taken nor about to be, by whatever waits for a sync. */
  long left() {
    return settings.maxBytes()
        - settings.reserveBytes()
        - SpaceSurvey.setAsideBytes(journal, backlog)
        - journal.bytes()
        - journal.waitingBytes()
        - backlog.bytes();
  }

  /** The least budget that what is remembered now can be kept in. */
  long leastBudget() {
    return CHECKPOINTS_IN_BUDGET * checkpointBytes();
  }
}
