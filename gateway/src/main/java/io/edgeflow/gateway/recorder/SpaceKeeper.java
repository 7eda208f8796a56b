package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.space.SpaceFigures;
import io.edgeflow.gateway.space.SpacePolicy;
import io.edgeflow.gateway.space.Step;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room, step by step: looks at the disk, asks the {@link SpacePolicy}, has the step done, and
 * looks again until there is nothing to do. Everything that blocks for the disk is done by the
 * {@link SpaceWorker}. Owned by the owner thread.
 */
final class SpaceKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceKeeper.class);
  private static final long LOOK_NANOS = 5_000_000_000L;

  /** What may be written between two looks, as a part of the budget. */
  private static final int GROWTH_PARTS = 32;

  private final Parts parts;
  private final SpaceView view;
  private final SpaceEvents events;
  private final FrameMover mover;
  private final WindowMerger merger;
  private final FrameDropper dropper;
  private volatile boolean room;
  private boolean stopped;
  private boolean looked;
  private boolean resting;
  private boolean toldNoRoom;

  /** The least budget that was told to be needed. */
  private long toldLeast;

  private boolean toldRefused;

  private long nextLookNanos;
  private long bytesAtLook;

  /** A step waits for the sync of everything up to this record; 0 for none. */
  private long awaited;

  /** What the steps work on. */
  record Parts(
      EdgeState state,
      Mailbox owner,
      Journal journal,
      Backlog backlog,
      Scribe scribe,
      JournalOutbox outbox,
      Timekeeper time,
      SpaceWorker worker,
      RecorderSettings settings,
      Disk disk,
      Path directory,
      Housekeeping housekeeping,
      ReserveKeeper reserve,
      WorkingRoom working,
      AgeWatch ages) {}

  SpaceKeeper(Parts parts, SpaceView view, FrameReader reader) {
    this.parts = parts;
    this.view = view;
    this.events = new SpaceEvents(parts.scribe, parts.time);
    this.dropper = new FrameDropper(parts, events);
    this.mover = new FrameMover(parts, events, dropper, reader);
    this.merger = new WindowMerger(parts, events, dropper, reader);
    this.room = view.figures(survey(), owedBytes(), parts.working.bytes()).room();
  }

  /** The budget is not reached, nor the floor; any thread. */
  boolean room() {
    return room;
  }

  /**
   * The same, as far as it can be known without asking the disk: between two looks much may come.
   */
  boolean roomNow() {
    return room && takeBytes() > 0;
  }

  /** How many bytes of readings the budget has room for. */
  long takeBytes() {
    return parts.working.left() - parts.working.bytes();
  }

  /** Something here waits for the disk, so the owner should look again soon. */
  boolean busy() {
    return awaited != 0;
  }

  /** Nothing is going on, and nothing is left to do until the next look. */
  boolean atRest() {
    return resting && !parts.worker.busy();
  }

  /** Begins nothing new: what is going on ends by itself. */
  void stop() {
    stopped = true;
  }

  /** In every round of the owner. */
  void round() {
    if (awaited != 0 && parts.journal.syncedNumber() >= awaited && parts.state.carrying == 0) {
      awaited = 0;
      look();
    }
  }

  void tick(long nowNanos) {
    parts.reserve.look();
    boolean due = !looked || nowNanos - nextLookNanos >= 0 || grown();
    if (due && awaited == 0) {
      look();
    }
  }

  private boolean grown() {
    long growth = parts.journal.bytes() - bytesAtLook;
    return growth > parts.settings.maxBytes() / GROWTH_PARTS;
  }

  private void look() {
    if (stopped || parts.worker.busy()) {
      return;
    }
    looked = true;
    nextLookNanos = parts.time.nanos() + LOOK_NANOS;
    parts.worker.run(this::survey, this::decide, this::failed);
  }

  private SpaceSurvey survey() {
    return SpaceSurvey.take(parts.journal, parts.backlog, parts.disk, parts.directory);
  }

  private long owedBytes() {
    return parts.reserve.missingBytes() + parts.housekeeping.owedBytes();
  }

  private void decide(SpaceSurvey survey) {
    if (stopped) {
      return;
    }
    parts.ages.look(survey);
    SpaceFigures figures = view.figures(survey, owedBytes(), parts.working.bytes());
    parts.housekeeping.lookedAtRoom();
    parts.reserve.restoreIfRoom();
    bytesAtLook = figures.segmentBytes();
    Step step = SpacePolicy.next(figures);
    tellRoom(figures, step instanceof Step.Exhausted);
    tellBudget();
    LOG.debug(
        "bytes={} usable={} segments={} files={} step={}",
        figures.bytes(),
        figures.usable(),
        figures.segments().size(),
        figures.files().size(),
        step);
    resting = step instanceof Step.Rest || step instanceof Step.Exhausted;
    take(step);
  }

  /** A moment without room is no news while there is something that can go. */
  private void tellRoom(SpaceFigures figures, boolean exhausted) {
    room = figures.room();
    boolean news = room ? toldNoRoom : exhausted && !toldNoRoom;
    if (news) {
      toldNoRoom = !room;
      events.room(figures);
    }
  }

  /**
   * More is to be remembered than the budget is made for: told once, and again if it grows on or
   * begins to cost series.
   */
  private void tellBudget() {
    long least = parts.working.leastBudget();
    boolean small = least > Math.max(parts.settings.maxBytes(), toldLeast + toldLeast / 2);
    boolean refusing = parts.working.refusedSeries() && !toldRefused;
    if (small || refusing) {
      toldLeast = Math.max(least, toldLeast);
      toldRefused = parts.working.refusedSeries();
      events.smallBudget(parts.settings, parts.working, parts.state.series.size());
    }
  }

  private void take(Step step) {
    switch (step) {
      case Step.Rest rest -> events.atRest();
      case Step.AwaitSync awaitSync -> awaitSync();
      case Step.DeleteSegments delete -> deleteSegments(delete.segments());
      case Step.DeleteFiles delete -> deleteFiles(delete.files());
      case Step.Seal seal ->
          mover.seal(seal.segments(), seal.bytes(), this::awaitSync, this::failed);
      case Step.Rewrite rewrite ->
          mover.rewrite(rewrite.files(), rewrite.bytes(), this::awaitSync, this::failed);
      case Step.Coarsen coarsen -> merger.coarsen(coarsen.file(), this::awaitSync, this::failed);
      case Step.DropRaw drop -> drop(Lane.RAW, drop.file());
      case Step.DropWindows drop -> drop(Lane.WINDOW, drop.file());
      case Step.DropEvents drop -> drop(Lane.EVENT, drop.file());
      case Step.Exhausted exhausted -> {
        // The next look may find more: verdicts, a sync, room that others gave back.
        if (!room) {
          parts.housekeeping.rollToFree();
        }
      }
    }
  }

  private void awaitSync() {
    awaited = parts.journal.lastNumber();
    parts.journal.wantSync();
  }

  private void drop(Lane lane, long file) {
    dropper.drop(lane, file);
    awaitSync();
  }

  /** The ledger forgets only what is gone for good: what comes back would be a stranger to it. */
  private void deleteSegments(List<Long> segments) {
    parts.worker.run(
        () -> {
          List<Long> gone = new ArrayList<>();
          for (long segment : segments) {
            if (parts.journal.delete(segment)) {
              gone.add(segment);
            }
          }
          return gone;
        },
        gone -> {
          parts.scribe.forgotten(gone.stream().map(Ages.Home.Segment::new).toList());
          deleted(gone, segments.size(), "segments");
        },
        this::failed);
  }

  private void deleteFiles(List<Long> files) {
    parts.worker.run(
        () -> {
          List<Long> gone = new ArrayList<>();
          for (long file : files) {
            if (isDeleted(file)) {
              gone.add(file);
            }
          }
          return gone;
        },
        gone -> {
          parts.scribe.forgotten(gone.stream().map(Ages.Home.Sealed::new).toList());
          deleted(gone, files.size(), "files");
        },
        this::failed);
  }

  private boolean isDeleted(long file) {
    try {
      parts.backlog.delete(file);
      return true;
    } catch (IOException e) {
      LOG.warn("could not delete a sealed file: file={} error={}", file, e.toString());
      return false;
    }
  }

  private void deleted(List<Long> gone, int asked, String what) {
    LOG.info("deleted settled {}: {}", what, gone);
    events.deleted(gone.size(), what);
    if (gone.size() == asked) {
      look();
    }
  }

  /** Tried again with the next look that is due. */
  private void failed(Exception e) {
    parts.reserve.failed(e);
    if (e instanceof IOException) {
      LOG.warn("no room could be made now: error={}", e.toString());
    } else {
      LOG.error("no room could be made now", e);
    }
  }
}
