package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Begins new segments with checkpoints (J1) and deletes old ones whole (J10): delivered frames stay
 * while there is room and they are young enough; a segment with a frame that still waits for its
 * verdict always stays. Owned by the owner thread.
 */
final class Housekeeping {
  private static final long RECLAIM_NANOS = 5_000_000_000L;

  private final EdgeState state;
  private final Journal journal;
  private final RecorderSettings budget;
  private final Disk disk;
  private final Path directory;
  private final Timekeeper time;
  private boolean rolling;
  private long rolledAt;
  private volatile boolean room = true;
  private boolean taking = true;
  private long nextReclaimNanos;
  private boolean reclaimed;

  /**
   * The last record when a segment was first seen without a pending frame, by segment: its verdicts
   * are no later, and they must be synced before it goes.
   */
  private Map<Long, Long> settledBy = Map.of();

  Housekeeping(
      EdgeState state,
      Journal journal,
      RecorderSettings budget,
      Disk disk,
      Path directory,
      Timekeeper time) {
    this.state = state;
    this.journal = journal;
    this.budget = budget;
    this.disk = disk;
    this.directory = directory;
    this.time = time;
  }

  /** Whether messages may be taken now. */
  boolean mayAppend() {
    return !rolling && room && taking;
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

  /** The journal is within its budget and the volume above its floor. */
  boolean room() {
    return room;
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
    if (journal.syncedNumber() >= rolledAt && state.frames.allPlaced()) {
      rolledAt = journal.lastNumber();
      journal.roll(Checkpoint.of(state));
      rolling = false;
    } else {
      // Nothing is taken meanwhile, and the commit interval may be a minute.
      journal.wantSyncNow();
    }
  }

  void tick(long nowNanos) {
    if (reclaimed && nowNanos - nextReclaimNanos < 0) {
      return;
    }
    reclaimed = true;
    nextReclaimNanos = nowNanos + RECLAIM_NANOS;
    room = reclaim();
  }

  private boolean reclaim() {
    List<SegmentInfo> segments = journal.segments();
    long bytes = segments.stream().mapToLong(SegmentInfo::bytes).sum();
    Map<Long, Long> settled = new HashMap<>();
    for (SegmentInfo segment : segments) {
      if (!segment.closed() || state.frames.pendingIn(segment.id())) {
        continue;
      }
      long judgedBy = settledBy.getOrDefault(segment.id(), journal.lastNumber());
      settled.put(segment.id(), judgedBy);
      if ((tooOld(segment) || tight(bytes)) && synced(judgedBy) && journal.delete(segment.id())) {
        state.frames.forgetSegment(segment.id());
        bytes -= segment.bytes();
      }
    }
    settledBy = settled;
    return bytes < budget.maxBytes() && usableBytes() > budget.freeSpaceFloor();
  }

  private boolean synced(long number) {
    if (journal.syncedNumber() >= number) {
      return true;
    }
    journal.wantSync();
    return false;
  }

  private boolean tooOld(SegmentInfo segment) {
    long ageMicros = time.presentMicros() - segment.modifiedMicros();
    return ageMicros > TimeUnit.NANOSECONDS.toMicros(budget.keepDelivered().toNanos());
  }

  /** Reclaiming starts before the limits are reached (J9). */
  private boolean tight(long bytes) {
    return bytes > budget.maxBytes() - budget.maxBytes() / 8
        || usableBytes() < budget.freeSpaceFloor() + budget.freeSpaceFloor() / 8;
  }

  private long usableBytes() {
    try {
      return disk.usableSpace(directory);
    } catch (IOException e) {
      // A volume that cannot be asked is a volume that cannot be written to either.
      return 0;
    }
  }
}
