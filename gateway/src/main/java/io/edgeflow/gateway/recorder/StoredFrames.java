package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.backlog.FrameLost;
import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Finds every frame of a directory, wherever it lies, and shows it once. */
final class StoredFrames {
  private final StoppedJournal journal;
  private final Backlog backlog;
  private final EdgeState state;
  private final Map<Counted, BitSet> shown = new HashMap<>();

  /** What numbers count within. */
  private record Counted(Incarnation incarnation, Lane lane) {}

  StoredFrames(StoppedJournal journal, Backlog backlog, EdgeState state) {
    this.journal = journal;
    this.backlog = backlog;
    this.state = state;
  }

  /** Whether the payload of a record is an encoded frame. */
  static boolean isFrame(int type) {
    return type == RecordType.FRAME.code()
        || type == RecordType.CARRIED.code()
        || type == RecordType.FETCHED.code();
  }

  void visit(StoredFrame.Visitor visitor) throws IOException {
    for (FileInfo file : backlog.files()) {
      for (SealedFrame frame : backlog.contents(file.id()).file().frames()) {
        sealed(file.id(), frame.id(), visitor);
      }
    }
    for (SegmentInfo segment : journal.segments()) {
      scan(segment.id(), visitor);
    }
  }

  private void sealed(long file, FrameId id, StoredFrame.Visitor visitor) throws IOException {
    try {
      show(id, backlog.read(file, id), visitor);
    } catch (FrameLost damaged) {
      // Whoever wants to know what is lost inspects the directory.
    }
  }

  private void scan(long segment, StoredFrame.Visitor visitor) throws IOException {
    try {
      journal.scan(
          segment,
          (number, type, payload, bytesBefore) -> {
            if (isFrame(type)) {
              FrameCodec.header(payload)
                  .map(FrameHeader::id)
                  .ifPresent(id -> showUnchecked(id, payload, visitor));
            }
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void showUnchecked(FrameId id, byte[] bytes, StoredFrame.Visitor visitor) {
    try {
      show(id, bytes, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(FrameId id, byte[] bytes, StoredFrame.Visitor visitor) throws IOException {
    BitSet numbers =
        shown.computeIfAbsent(new Counted(id.incarnation(), id.lane()), key -> new BitSet());
    int number = Math.toIntExact(id.number());
    if (!numbers.get(number)) {
      numbers.set(number);
      boolean known = state.frames.knows(id);
      visitor.frame(
          new StoredFrame(
              id, StoredFrame.Standing.of(known, known ? state.frames.fate(id) : null), bytes));
    }
  }
}
