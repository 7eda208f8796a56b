package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.counter.Counters;
import io.edgeflow.aggregator.identity.RecentStamps;
import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.space.SpaceFigures;
import io.edgeflow.gateway.space.SpacePolicy;
import io.edgeflow.wire.frame.Lane;
import java.util.function.LongBinaryOperator;

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

  /** Beside the texts of its name and its unit. */
  private static final long SERIES_BYTES = 70;

  private static final long FRAME_BYTES = 18;
  private static final long ALARM_BYTES = 250;

  /** Beside what changed of it. */
  private static final long COUNTER_BYTES = 40;

  private static final long FIXED_BYTES = 4 << 10;

  /** A window in a frame of its own lane: full doubles do not compress. */
  private static final long FRAMED_BYTES = 64;

  private final EdgeState state;
  private final Journal journal;
  private final Backlog backlog;
  private final RecorderSettings settings;

  /** What the last checkpoint took for each byte that was expected. */
  private double found = 1;

  /** What the last checkpoint took beside what was expected. More series do not multiply it. */
  private long unexpected;

  private boolean refusedSeries;

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
    return expectedBytes(state.series.size(), state.windows.open(), state.stamps.rooms())
        + FRAME_BYTES * frames
        + ALARM_BYTES * state.alarms.all().size()
        + COUNTER_BYTES * state.counters.size()
        + (long) Counters.CHANGE_BYTES * state.counters.changes();
  }

  private long expectedBytes(long series, long windows, long stamps) {
    return FIXED_BYTES
        + STAMP_BYTES * stamps
        + WINDOW_BYTES * windows
        + SERIES_BYTES * series
        + state.series.textLength();
  }

  /**
   * Whether the budget can keep one series more, when all of them have a window open: with frames
   * beside them that wait for the cloud, and at the worst without, when all stamps are remembered
   * that may be. Nothing can be given up for what a checkpoint takes of a series, so beyond this
   * the intake of all of them would stop, for good.
   */
  boolean hasRoomForASeries() {
    long series = state.series.size() + 1L;
    long first = Math.max(state.stamps.rooms(), RecentStamps.FIRST_ROOM * series);
    long most = Math.max(first, stamps(settings.maxBytes()));
    boolean room =
        leftBeside(series, first, SpaceFigures::reclaimedBytes) >= 0
            && leftBeside(series, most, (budget, working) -> budget - working) >= 0;
    refusedSeries |= !room;
    return room;
  }

  private long leftBeside(long series, long stamps, LongBinaryOperator limit) {
    long windows = Math.max(series, state.windows.open());
    long checkpoint = unexpected + expectedBytes(series, windows, stamps);
    return limit.applyAsLong(settings.maxBytes(), bytes(checkpoint, windows))
        - settings.reserveBytes()
        - SpaceSurvey.setAsideBytes(journal, backlog)
        - checkpoint
        - FRAMED_BYTES * windows
        - settings.maxBytes() / SEGMENTS_IN_BUDGET;
  }

  /** A new series was refused since the start, because the budget cannot keep it. */
  boolean refusedSeries() {
    return refusedSeries;
  }

  /** A checkpoint was made: what it takes says what the next ones will. */
  void made(long bytes) {
    found = Math.clamp((double) bytes / expectedBytes(), 0.25, 8);
    unexpected = Math.max(0, bytes - expectedBytes());
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
    return bytes(checkpointBytes(), state.windows.open());
  }

  private long bytes(long checkpoint, long windows) {
    return checkpoint
        + FRAMED_BYTES * windows
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
