package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.FrameLedger.NextNumber;
import io.edgeflow.gateway.outbox.FrameLost;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.gateway.space.CoarseDraft;
import io.edgeflow.gateway.space.Coarsener;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes resolution from windows of one file (J7, L7). The worker reads and merges; the owner
 * numbers what came of it in the current incarnation and appends it as an ordinary FRAME record,
 * which settles the originals. So a crash leaves the originals, or the coarse frame, and a replay
 * derives the same; the originals' file goes when that record is synced. Owned by the owner thread.
 */
final class WindowMerger {
  private static final Logger LOG = LoggerFactory.getLogger(WindowMerger.class);

  /** What one job reads: some seconds on a slow disk, during which these are not offered. */
  private static final int FRAMES_AT_ONCE = 512;

  private final SpaceKeeper.Parts parts;
  private final SpaceEvents events;
  private final FrameDropper dropper;
  private final FrameReader reader;
  private final MergeGuard guard;

  /**
   * What the worker found.
   *
   * @param refused the disk does not give some of the frames now
   */
  private record Merged(Coarsener.Result result, List<HeldFrame> lost, boolean refused) {}

  WindowMerger(
      SpaceKeeper.Parts parts, SpaceEvents events, FrameDropper dropper, FrameReader reader) {
    this.parts = parts;
    this.events = events;
    this.dropper = dropper;
    this.reader = reader;
    this.guard = parts.outbox().guard();
  }

  void coarsen(long file, Runnable done, Consumer<Exception> failed) {
    if (parts.state().frames.current() == null) {
      return;
    }
    List<HeldFrame> originals = new ArrayList<>();
    parts
        .state()
        .frames
        .pending(
            Lane.WINDOW,
            (inFile, home) -> inFile && home == file,
            frame -> {
              if (originals.size() < FRAMES_AT_ONCE
                  && frame.grain() == Grain.FINE
                  && !frame.offered()) {
                originals.add(frame);
              }
            });
    guard.hold(originals);
    parts
        .worker()
        .run(
            () -> merge(originals),
            merged -> applied(originals, merged, done, failed),
            e -> {
              guard.release();
              failed.accept(e);
            });
  }

  /** On the worker's thread. */
  private Merged merge(List<HeldFrame> originals) {
    Coarsener coarsener = new Coarsener();
    List<HeldFrame> lost = new ArrayList<>();
    boolean refused = false;
    for (HeldFrame original : originals) {
      try {
        if (!coarsener.add(decode(reader.read(original.id(), original.place())))) {
          break;
        }
      } catch (FrameLost e) {
        lost.add(original);
      } catch (IOException e) {
        refused = true;
      }
    }
    return new Merged(coarsener.result(), lost, refused);
  }

  private static Frame decode(byte[] bytes) throws FrameLost {
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted -> accepted.frame();
      case Decoded.Refused refused -> throw new FrameLost("not a frame: " + refused);
    };
  }

  private void applied(
      List<HeldFrame> originals, Merged merged, Runnable done, Consumer<Exception> failed) {
    guard.release();
    dropper.lost(Lane.WINDOW, merged.lost);
    if (parts.state().frames.current() == null) {
      return;
    }
    Map<FrameId, HeldFrame> byId = new HashMap<>();
    originals.forEach(original -> byId.put(original.id(), original));
    long coarseBytes = 0;
    List<HeldFrame> replaced = new ArrayList<>();
    List<CoarseDraft> drafts =
        merged.result.drafts().stream().filter(this::isStillAllowed).toList();
    for (CoarseDraft draft : drafts) {
      coarseBytes += number(draft);
      draft.originals().forEach(id -> replaced.add(Objects.requireNonNull(byId.get(id))));
    }
    if (drafts.isEmpty()) {
      // Else they are tried again, beside those that come next.
      merged.result.notWorthIt().forEach(parts.state().frames::fix);
    } else {
      events.coarsened(FrameSums.of(replaced), drafts.size(), coarseBytes);
    }
    if (merged.refused) {
      failed.accept(new IOException("the disk refuses frames that are to be merged"));
    } else {
      done.run();
    }
  }

  /** J7: nothing of it was offered, and nothing was judged or dropped, while the worker merged. */
  private boolean isStillAllowed(CoarseDraft draft) {
    return draft.originals().stream()
        .allMatch(
            id -> parts.state().frames.pending(id) != null && !parts.state().frames.isOffered(id));
  }

  /** Returns the bytes of the coarse frame. */
  private long number(CoarseDraft draft) {
    NextNumber next = parts.state().frames.next(Lane.WINDOW);
    Frame coarse = draft.frame(parts.settings().edge(), next.id(), next.totalBefore());
    byte[] encoded = FrameCodec.encode(coarse);
    parts.scribe().frame(coarse, encoded, parts.outbox().waiterOf(next.id()));
    parts.outbox().gone(FrameSums.runs(draft.originals()));
    LOG.debug("coarsened frames={} into={}", draft.originals().size(), next.id());
    return encoded.length;
  }
}
