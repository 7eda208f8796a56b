package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.Contents;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the ledger against what really lies on the disk, between the replay and the first message
 * (J8). A file that the ledger does not know is read; every other file is not even opened, so a
 * start does not become slower with the backlog.
 */
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final EdgeState state;
  private final Scribe scribe;
  private final Journal journal;
  private final Backlog backlog;
  private final Set<Long> unknown = new HashSet<>();

  /** What is to be told once events get a number of the new incarnation (J4). */
  private final List<Told> told = new ArrayList<>();

  private record Told(String type, String message, SortedMap<String, String> detail) {}

  Adoption(EdgeState state, Scribe scribe, Journal journal, Backlog backlog) {
    this.state = state;
    this.scribe = scribe;
    this.journal = journal;
    this.backlog = backlog;
  }

  /**
   * @param damaged whether records are missing from the journal (J2)
   * @return files whose content cannot be read now: they must stay
   */
  Set<Long> run(boolean damaged) {
    Set<Long> there =
        backlog.files().stream().map(FileInfo::id).collect(Collectors.toUnmodifiableSet());
    Set<Long> known = state.frames.files();
    there.stream().filter(file -> !known.contains(file)).sorted().forEach(this::adopt);
    if (damaged) {
      // Marks of what was offered may be among what is missing (J7).
      state.frames.offerAll();
    }
    forgetGone(there);
    for (Lane lane : Lane.values()) {
      giveUp(lane, there);
    }
    tellUnknown();
    return Set.copyOf(unknown);
  }

  /** A process that was killed may have deleted what it did not take down as gone. */
  private void forgetGone(Set<Long> there) {
    List<Ages.Home> gone = new ArrayList<>();
    for (long segment : state.frames.segments()) {
      if (journal.isGone(segment)) {
        gone.add(new Ages.Home.Segment(segment));
      }
    }
    for (long file : state.frames.files()) {
      if (!there.contains(file)) {
        gone.add(new Ages.Home.Sealed(file));
      }
    }
    scribe.forgotten(gone);
  }

  private void adopt(long file) {
    Contents contents;
    try {
      contents = backlog.contents(file);
    } catch (IOException e) {
      LOG.warn("a sealed file cannot be read now: file={} error={}", file, e.toString());
      unknown.add(file);
      return;
    }
    if (contents.refused()) {
      unknown.add(file);
    }
    List<SealedFrame> wanted =
        contents.file().frames().stream().filter(frame -> isWanted(frame.id())).toList();
    if (!wanted.isEmpty()) {
      LOG.info("adopted a sealed file: file={} frames={}", file, wanted.size());
      scribe.sealed(file, wanted);
    }
    List<SealedFrame> missing =
        contents.missing().stream().filter(frame -> isWanted(frame.id())).toList();
    if (!missing.isEmpty()) {
      damagedFile(file, missing);
    }
  }

  /** Nothing is known of it, or it waits, and the place where it should lie is gone. */
  private boolean isWanted(FrameId id) {
    if (state.frames.misses(id)) {
      return true;
    }
    OutgoingFrame frame = state.frames.pending(id);
    return frame != null && isGone(frame.place());
  }

  private boolean isGone(FramePlace place) {
    return switch (place) {
      case FramePlace.InSegment segment -> journal.isGone(segment.position().segment());
      case FramePlace.InFile file -> backlog.files().stream().noneMatch(f -> f.id() == file.file());
    };
  }

  /** They count against the budget, so a person should know why there is less room. */
  private void tellUnknown() {
    if (unknown.isEmpty()) {
      return;
    }
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("files", Integer.toString(unknown.size()));
    long bytes =
        backlog.files().stream()
            .filter(file -> unknown.contains(file.id()))
            .mapToLong(FileInfo::bytes)
            .sum();
    detail.put("bytes", Long.toString(bytes));
    told.add(
        new Told(
            "backlog-unreadable",
            "the disk refuses files of frames that may wait: they stay, and take their part of"
                + " buffer.maxBytes, until a start can read them",
            detail));
  }

  private void damagedFile(long file, List<SealedFrame> missing) {
    SortedMap<String, String> detail = new TreeMap<>();
    List<FrameId> ids = missing.stream().map(SealedFrame::id).toList();
    detail.put("file", Long.toString(file));
    detail.put("frames", Integer.toString(missing.size()));
    long readings = missing.stream().mapToLong(SealedFrame::readings).sum();
    detail.put("readings", Long.toString(readings));
    detail.put("numbers", FrameSums.numbers(FrameSums.runs(ids)));
    told.add(new Told("backlog-damaged", "a file of frames that wait is damaged", detail));
  }

  /** Frames whose bytes are nowhere: no sending will ever find them. */
  private void giveUp(Lane lane, Set<Long> files) {
    List<HeldFrame> lost = new ArrayList<>();
    state.frames.pending(
        lane, (inFile, home) -> inFile ? !files.contains(home) : journal.isGone(home), lost::add);
    if (lost.isEmpty()) {
      return;
    }
    List<FrameSums.Run> runs = FrameSums.runs(lost.stream().map(HeldFrame::id).toList());
    scribe.settle(
        runs.stream()
            .map(
                run ->
                    new Scribe.Settled(
                        run.first().incarnation(),
                        lane,
                        run.first().number(),
                        run.last(),
                        Fate.DROPPED))
            .toList());
    SortedMap<String, String> detail = FrameSums.of(lost).detail();
    detail.put("lane", lane.word());
    detail.put("numbers", FrameSums.numbers(runs));
    told.add(
        new Told(
            "frame-unreadable",
            "frames that waited for the cloud are gone: they count as dropped",
            detail));
  }

  void report(long nowMicros) {
    for (Told one : told) {
      LOG.error("{}: {}", one.type, one.detail);
      scribe.event(
          new EventRow(nowMicros, EventSeverity.ALARM, one.type, "", one.message, one.detail));
    }
  }
}
