package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives frames up: journals their fate, tells the uplink, and names them in an event (A6). Owned by
 * the owner thread.
 */
final class FrameDropper {
  private final SpaceKeeper.Parts parts;
  private final SpaceEvents events;

  FrameDropper(SpaceKeeper.Parts parts, SpaceEvents events) {
    this.parts = parts;
    this.events = events;
  }

  /** For want of room: everything of this lane that waits in a file. */
  void drop(Lane lane, long file) {
    List<HeldFrame> frames = new ArrayList<>();
    parts.state().frames.pending(lane, (inFile, home) -> inFile && home == file, frames::add);
    String numbers = settle(frames);
    events.dropped(lane, FrameSums.of(frames), numbers);
  }

  /** Nobody will ever read them: frames of one lane that still wait. */
  void lost(Lane lane, List<HeldFrame> frames) {
    List<HeldFrame> waiting =
        frames.stream().filter(frame -> parts.state().frames.pending(frame.id()) != null).toList();
    if (!waiting.isEmpty()) {
      String numbers = settle(waiting);
      events.unreadable(lane, FrameSums.of(waiting), numbers);
    }
  }

  private String settle(List<HeldFrame> frames) {
    List<FrameId> ids = frames.stream().map(HeldFrame::id).toList();
    List<FrameSums.Run> runs = FrameSums.runs(ids);
    List<Scribe.Settled> settled = new ArrayList<>();
    for (FrameSums.Run run : runs) {
      FrameId first = run.first();
      settled.add(
          new Scribe.Settled(
              first.incarnation(), first.lane(), first.number(), run.last(), Fate.DROPPED));
    }
    parts.scribe().settle(settled);
    parts.outbox().gone(runs);
    return FrameSums.numbers(runs);
  }
}
