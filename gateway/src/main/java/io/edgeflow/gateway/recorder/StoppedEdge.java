package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.Contents;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.ReadOnlyDisk;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The data directory of an edge that is only looked at: what a start would find, without starting
 * anything. Nothing is written. Blocks for the disk; one thread.
 */
public final class StoppedEdge implements AutoCloseable {
  /** Of a directory that has no records yet; the journal says which rule it was written under. */
  private static final WindowRule ANY_RULE = new WindowRule(60_000_000, 0);

  private final StoppedJournal journal;
  private final Backlog backlog;
  private final Replayer replayed;
  private final EdgeState state;

  private StoppedEdge(StoppedJournal journal, Backlog backlog, Replayer replayed) {
    this.journal = journal;
    this.backlog = backlog;
    this.replayed = replayed;
    this.state = replayed.state();
  }

  /** Where the journal of a data directory lies. */
  public static Path journalIn(Path dataDir) {
    return dataDir.resolve("journal");
  }

  /**
   * Reads what a start would read.
   *
   * @return empty if there is no journal in the directory
   * @throws IOException if it cannot be read, or holds the segments of different edges
   */
  public static Optional<StoppedEdge> open(Disk disk, Path dataDir) throws IOException {
    Optional<StoppedJournal> journal = StoppedJournal.open(disk, journalIn(dataDir));
    if (journal.isEmpty()) {
      return Optional.empty();
    }
    Replayer replayer = new Replayer(ANY_RULE);
    journal.get().replay(replayer);
    Backlog backlog =
        Backlog.open(new ReadOnlyDisk(disk), dataDir.resolve("backlog"), journal.get().edge());
    StoppedEdge edge = new StoppedEdge(journal.get(), backlog, replayer);
    edge.settleIn();
    return Optional.of(edge);
  }

  /** What lies on the disk counts, as at a start: unknown files are adopted (J8). */
  private void settleIn() throws IOException {
    Set<Long> known = state.frames.files();
    for (FileInfo file : backlog.files()) {
      if (!known.contains(file.id())) {
        adopt(backlog.contents(file.id()));
      }
    }
    state.frames.forgetSegments(journal::isGone);
    state.frames.forgetFilesBut(
        backlog.files().stream().map(FileInfo::id).collect(Collectors.toSet()));
  }

  private void adopt(Contents contents) {
    FramePlace place = new FramePlace.InFile(contents.file().id());
    for (SealedFrame frame : contents.file().frames()) {
      if (state.frames.misses(frame.id()) || isLost(frame.id())) {
        state.frames.found(SealedRecord.unknown(frame), place);
      }
    }
  }

  /** It waits, and the place where it should lie is gone. */
  private boolean isLost(FrameId id) {
    OutgoingFrame frame = state.frames.pending(id);
    return frame != null
        && switch (frame.place()) {
          case FramePlace.InSegment segment -> journal.isGone(segment.position().segment());
          case FramePlace.InFile file ->
              backlog.files().stream().noneMatch(there -> there.id() == file.file());
        };
  }

  /** The edge that the directory belongs to (J6). */
  public String edge() {
    return journal.edge();
  }

  public EdgeFigures figures() {
    return EdgeFigures.of(state);
  }

  /** The incarnations of which something is held or unsettled. */
  public List<HeldIncarnation> incarnations() {
    return state.frames.account();
  }

  /** The one that was not ended: the process was killed, or is at work. */
  public Optional<Incarnation> unfinished() {
    return Optional.ofNullable(state.frames.current());
  }

  /** When the newest frame was numbered that waits for a verdict; empty if none does. */
  public OptionalLong newestPendingMicros() {
    long[] newest = {Long.MIN_VALUE};
    for (Lane lane : Lane.values()) {
      state.frames.pending(
          lane,
          (inFile, id) -> true,
          frame -> newest[0] = Math.max(newest[0], frame.createdMicros()));
    }
    return newest[0] == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest[0]);
  }

  /** The segments of the journal whose header can be read, oldest first. */
  public List<SegmentInfo> segments() {
    return journal.segments();
  }

  /** The files of the others, oldest first: nothing in them can be read. */
  public List<Path> segmentsWithoutHeader() {
    return journal.withoutHeader();
  }

  /** The sealed files of the backlog, oldest first. */
  public List<FileInfo> files() {
    return backlog.files();
  }

  /** What a start would report as lost. */
  public List<Damage> damages() {
    return List.copyOf(replayed.damages());
  }

  /** Bytes behind the last intact record that may have held acknowledged readings. */
  public long suspectTail() {
    return replayed.suspectTail();
  }

  /** When the oldest message arrived whose readings are still there. */
  public OptionalLong heldFromMicros() throws IOException {
    long[] found = {Long.MAX_VALUE};
    for (SegmentInfo segment : journal.segments()) {
      journal.scan(
          segment.id(),
          (number, type, payload, bytesBefore) -> {
            if (AlarmedMessage.isMessage(type)) {
              found[0] = MessageRecord.arrivedMicros(AlarmedMessage.message(type, payload));
            }
            return found[0] == Long.MAX_VALUE;
          });
      if (found[0] != Long.MAX_VALUE) {
        return OptionalLong.of(found[0]);
      }
    }
    return OptionalLong.empty();
  }

  /** When the newest message arrived; empty before the first. */
  public OptionalLong heldToMicros() {
    return state.lastArrivedMicros == 0
        ? OptionalLong.empty()
        : OptionalLong.of(state.lastArrivedMicros);
  }

  /** Shows every frame that can be read, once: sealed files first, then the journal. */
  public void frames(StoredFrame.Visitor visitor) throws IOException {
    new StoredFrames(journal, backlog, state).visit(visitor);
  }

  /** Shows where every record of the journal lies, and how many readings came with it. */
  public void records(StoredRecord.Visitor visitor) throws IOException {
    for (SegmentInfo segment : journal.segments()) {
      journal.scan(
          segment.id(),
          (number, type, payload, bytesBefore) -> {
            LogPosition position = new LogPosition(segment.id(), bytesBefore, payload.length);
            int readings =
                AlarmedMessage.isMessage(type)
                    ? MessageRecord.count(AlarmedMessage.message(type, payload))
                    : 0;
            visitor.record(new StoredRecord(number, position, readings));
            return true;
          });
    }
  }

  /** Reads every record, every frame and every byte of every file. */
  public Inspection inspect(Inspection.Progress progress) throws IOException {
    return new Inspector(journal, backlog, state, replayed, progress).run();
  }

  @Override
  public void close() {
    backlog.close();
  }
}
