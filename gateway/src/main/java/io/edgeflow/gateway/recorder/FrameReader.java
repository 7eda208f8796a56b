package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.journal.RecordLost;
import io.edgeflow.gateway.outbox.FrameLost;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;

/** Finds the bytes of a frame where they lie. Any thread; blocks for the disk. */
final class FrameReader {
  private final Journal journal;
  private final Backlog backlog;

  FrameReader(Journal journal, Backlog backlog) {
    this.journal = journal;
    this.backlog = backlog;
  }

  /**
   * @throws FrameLost if it is certain that they do not lie there any more
   * @throws IOException if the disk does not give them now
   */
  byte[] read(FrameId id, FramePlace place) throws IOException {
    try {
      return switch (place) {
        case FramePlace.InSegment(LogPosition position) -> journal.read(position);
        case FramePlace.InFile(long file) -> backlog.read(file, id);
      };
    } catch (RecordLost | io.edgeflow.gateway.backlog.FrameLost e) {
      throw new FrameLost(id + " is lost with " + place, e);
    }
  }
}
