package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.gateway.journal.Journal;

/**
 * Begins new segments with checkpoints (J1), and says when messages may be taken. Owned by the
 * owner thread.
 */
final class Housekeeping {
  /** What a file system may need beside what is written. */
  private static final long MARGIN_BYTES = 1 << 14;

  /** More than a segment needs beside its checkpoint. */
  private static final long SEGMENT_BYTES = 1 << 10;

  private final EdgeState state;
  private final Journal journal;
  private final ReserveKeeper reserve;
  private final WorkingRoom working;
  private boolean rolling;

  /** There was no room for the checkpoint; tried again with the next look at the room. */
  private boolean postponed;

  /** What the last checkpoint took. */
  private long checkpointBytes;

  private long rolledAt;
  private boolean taking = true;

  Housekeeping(EdgeState state, Journal journal, ReserveKeeper reserve, WorkingRoom working) {
    this.state = state;
    this.journal = journal;
    this.reserve = reserve;
    this.working = working;
  }

  /** Whether messages may be taken now. */
  boolean mayAppend() {
    return !rolling && taking;
  }

  /**
   * Begins a new segment when the newest is full: taking pauses until every numbered frame has its
   * place.
   */
  void rollIfDue() {
    if (!rolling && journal.wantsRoll()) {
      rolling = working.worthACheckpoint(journal.bytesSinceCheckpoint(), checkpointBytes);
    }
    if (rolling && !postponed) {
      rollIfSettled();
    }
  }

  /**
   * Asks for a checkpoint although the segment is not full: damage behind it is then told once, not
   * at every start.
   */
  void rollSoon() {
    rolling = true;
  }

  /**
   * There is no room, and nothing left that may go: what recovery needs of the newest segments it
   * does not need behind a new checkpoint.
   */
  void rollToFree() {
    rolling |= journal.bytesSinceCheckpoint() > checkpointBytes + SEGMENT_BYTES;
  }

  /** What a checkpoint needs that found no room. */
  long owedBytes() {
    return postponed ? checkpointBytes + MARGIN_BYTES : 0;
  }

  /** The room was looked at: a checkpoint that found none may now. */
  void lookedAtRoom() {
    postponed = false;
  }

  /** Something here waits for the disk, so the owner should look again soon. */
  boolean busy() {
    return rolling && !postponed;
  }

  void stopTaking() {
    taking = false;
  }

  /**
   * A checkpoint names where each undelivered frame lies, so every frame must have its place first.
   * Other records need not be synced: they are before the checkpoint, and verdicts that keep coming
   * would put it off for ever. But not many checkpoints may wait for a disk that stalls, and none
   * that a full one cannot take, because everything behind would wait with it.
   */
  private void rollIfSettled() {
    if (journal.syncedNumber() >= rolledAt && state.frames.allPlaced() && state.carrying == 0) {
      roll(Checkpoint.of(state));
    } else {
      // Nothing is taken meanwhile, and the commit interval may be a minute.
      journal.wantSyncNow();
    }
  }

  private void roll(Pieces checkpoint) {
    checkpointBytes = checkpoint.size();
    working.made(checkpointBytes);
    long needed = checkpointBytes + MARGIN_BYTES;
    boolean full = reserve.usableBytes() < journal.unsyncedBytes() + needed;
    if (full) {
      reserve.giveUp();
    }
    postponed = full || working.left() < checkpointBytes + SEGMENT_BYTES;
    if (!postponed) {
      rolledAt = journal.lastNumber();
      journal.roll(checkpoint.take());
      rolling = false;
    }
  }
}
