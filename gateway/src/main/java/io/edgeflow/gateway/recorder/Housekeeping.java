package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;

/**
 * Begins new segments with checkpoints (J1), and says when messages may be taken. Owned by the
 * owner thread.
 */
final class Housekeeping {
  private final EdgeState state;
  private final Journal journal;
  private boolean rolling;
  private long rolledAt;
  private boolean taking = true;

  Housekeeping(EdgeState state, Journal journal) {
    this.state = state;
    this.journal = journal;
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
      rolling = true;
    }
    if (rolling) {
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

  /** Something here waits for the disk, so the owner should look again soon. */
  boolean busy() {
    return rolling;
  }

  void stopTaking() {
    taking = false;
  }

  /**
   * A checkpoint names where each undelivered frame lies, so every frame must have its place first.
   * Other records need not be synced: they are before the checkpoint, and verdicts that keep coming
   * would put it off for ever. But not many checkpoints may wait for a disk that stalls.
   */
  private void rollIfSettled() {
    if (journal.syncedNumber() >= rolledAt && state.frames.allPlaced() && state.carrying == 0) {
      rolledAt = journal.lastNumber();
      journal.roll(Checkpoint.of(state));
      rolling = false;
    } else {
      // Nothing is taken meanwhile, and the commit interval may be a minute.
      journal.wantSyncNow();
    }
  }
}
