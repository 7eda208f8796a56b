package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads everything in a data directory and says what is wrong with it. One thread. */
final class Inspector {
  private final StoppedJournal journal;
  private final Backlog backlog;
  private final EdgeState state;
  private final Replayer replayed;
  private final Inspection.Progress progress;
  private final List<Finding> findings = new ArrayList<>();

  Inspector(
      StoppedJournal journal,
      Backlog backlog,
      EdgeState state,
      Replayer replayed,
      Inspection.Progress progress) {
    this.journal = journal;
    this.backlog = backlog;
    this.state = state;
    this.replayed = replayed;
    this.progress = progress;
  }

  Inspection run() throws IOException {
    RecordCheck records =
        new RecordCheck(journal, progress, findings::add, damage -> findings.add(of(damage)));
    journal.replayEverything(records);
    lostBeginning();
    FileCheck files = new FileCheck(backlog, state, progress, findings::add);
    for (FileInfo file : backlog.files()) {
      files.check(file);
    }
    lostPlaces();
    return new Inspection(
        journal.segments().size(),
        journal.segments().stream().mapToLong(SegmentInfo::bytes).sum(),
        records.records(),
        records.readings(),
        backlog.files().size(),
        backlog.bytes(),
        records.frames() + files.frames(),
        records.tornBytes(),
        findings);
  }

  /** Without any checkpoint a start cannot know what was deleted because of one. */
  private void lostBeginning() {
    replayed.damages().stream()
        .filter(damage -> damage.fromByte() == 0 && damage.toByte() == 0)
        .forEach(damage -> findings.add(of(damage)));
  }

  private Finding of(Damage damage) {
    List<HeldFrame> waiting =
        waiting(
            frame ->
                frame.place() instanceof FramePlace.InSegment(var position)
                    && position.segment() == damage.segment()
                    && position.offset() >= damage.fromByte()
                    && position.offset() < damage.toByte());
    return finding(damage, trouble(damage, !waiting.isEmpty()), waiting);
  }

  private String trouble(Damage damage, boolean waiting) {
    if (isUnknown(damage)) {
      return "no copy of its header is intact, so nothing in it can be read: what the cloud has not"
          + " confirmed of it is lost, and how much that is, nothing tells";
    }
    if (damage.missing() == 0) {
      return "bookkeeping of the journal is damaged: no reading is lost";
    }
    if (isNeeded(damage)) {
      return "synced records cannot be read: their readings are lost";
    }
    return waiting
        ? "frames that wait for the cloud cannot be read: they are lost"
        : "records before the newest checkpoint cannot be read: only the flight recorder lacks"
            + " their readings";
  }

  /** No record behind it says how many are missing. */
  private boolean isUnknown(Damage damage) {
    return journal.withoutHeader().contains(journal.file(damage.segment()))
        && journal.segments().stream().noneMatch(other -> other.id() > damage.segment());
  }

  private boolean isNeeded(Damage damage) {
    return replayed.damages().stream()
        .anyMatch(
            other -> other.segment() == damage.segment() && other.fromByte() == damage.fromByte());
  }

  private Finding finding(Damage damage, String trouble, List<HeldFrame> waiting) {
    return new Finding(
        journal.file(damage.segment()),
        damage.fromByte(),
        damage.toByte(),
        trouble,
        damage.missing(),
        waiting.stream().map(HeldFrame::id).toList(),
        waiting.stream().mapToLong(HeldFrame::readings).sum());
  }

  /** Frames that wait and lie where there is nothing any more. */
  private void lostPlaces() {
    List<Long> segments = journal.segments().stream().map(SegmentInfo::id).toList();
    List<Long> files = backlog.files().stream().map(FileInfo::id).toList();
    List<HeldFrame> lost =
        waiting(
            frame ->
                switch (frame.place()) {
                  case FramePlace.InSegment(var position) -> !segments.contains(position.segment());
                  case FramePlace.InFile(long file) -> !files.contains(file);
                });
    if (!lost.isEmpty()) {
      findings.add(
          new Finding(
              journal.file(0).resolveSibling(""),
              0,
              0,
              "files with frames that wait are not there any more",
              0,
              lost.stream().map(HeldFrame::id).toList(),
              lost.stream().mapToLong(HeldFrame::readings).sum()));
    }
  }

  private List<HeldFrame> waiting(Predicate<HeldFrame> wanted) {
    List<HeldFrame> waiting = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      state.frames.pending(
          lane,
          (inFile, id) -> true,
          frame -> {
            if (wanted.test(frame)) {
              waiting.add(frame);
            }
          });
    }
    return waiting;
  }
}
