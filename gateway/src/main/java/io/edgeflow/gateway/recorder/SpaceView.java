package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.outbox.FileStock;
import io.edgeflow.gateway.outbox.Stock;
import io.edgeflow.gateway.space.FileFigures;
import io.edgeflow.gateway.space.SegmentFigures;
import io.edgeflow.gateway.space.SpaceFigures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts together what the disk and the ledger say, and remembers what had settled when. Owned by the
 * owner thread.
 */
final class SpaceView {
  private final EdgeState state;
  private final Journal journal;
  private final RecorderSettings settings;
  private final AgeWatch ages;

  /** Files whose content could not be read at the start: nobody knows what they are needed for. */
  private final Set<Long> unknown;

  /**
   * The last record when nothing was pending there for the first time: what settled it is no later,
   * and must be synced before it goes.
   */
  private Map<Long, Long> segmentsSettledBy = Map.of();

  private Map<Long, Long> filesSettledBy = Map.of();
  private boolean awaitsSync;
  private boolean reclaiming;

  SpaceView(
      EdgeState state,
      Journal journal,
      RecorderSettings settings,
      AgeWatch ages,
      Set<Long> unknown) {
    this.state = state;
    this.journal = journal;
    this.settings = settings;
    this.ages = ages;
    this.unknown = new HashSet<>(unknown);
  }

  /** Something is settled whose record is not synced. */
  boolean awaitsSync() {
    return awaitsSync;
  }

  /**
   * @param owedBytes see {@link SpaceFigures#owed}
   * @param workingBytes see {@link SpaceFigures#working}
   */
  SpaceFigures figures(SpaceSurvey survey, long owedBytes, long workingBytes) {
    awaitsSync = false;
    SpaceFigures figures =
        new SpaceFigures(
            settings.maxBytes(),
            workingBytes,
            settings.freeSpaceFloor(),
            owedBytes,
            survey.usableBytes(),
            settings.reserveBytes() + survey.setAsideBytes() + unknownBytes(survey.files()),
            segments(survey.segments()),
            files(survey.files()),
            reclaiming,
            settings.coarsen());
    reclaiming = figures.tight();
    return figures;
  }

  /** They stay, so everything else must fit beside them. */
  private long unknownBytes(List<FileInfo> files) {
    return files.stream()
        .filter(file -> unknown.contains(file.id()))
        .mapToLong(FileInfo::bytes)
        .sum();
  }

  private List<SegmentFigures> segments(List<SegmentInfo> segments) {
    Map<Long, Long> settledBy = new HashMap<>();
    List<SegmentFigures> figures =
        segments.stream().map(segment -> segment(segment, settledBy)).toList();
    segmentsSettledBy = settledBy;
    return figures;
  }

  private SegmentFigures segment(SegmentInfo segment, Map<Long, Long> settledBy) {
    Stock stock = state.frames.inSegment(segment.id());
    return new SegmentFigures(
        segment.id(),
        segment.bytes(),
        segment.removable(),
        ages.isOld(new Ages.Home.Segment(segment.id())),
        stock.pending(),
        stock.pendingBytes(),
        stock.pending() == 0 && synced(segment.id(), segmentsSettledBy, settledBy));
  }

  private List<FileFigures> files(List<FileInfo> files) {
    Map<Long, Long> settledBy = new HashMap<>();
    Map<Long, FileStock> stocks = files.isEmpty() ? Map.of() : state.frames.inFiles();
    List<FileFigures> figures =
        files.stream()
            .filter(file -> !unknown.contains(file.id()))
            .map(file -> file(file, stocks.getOrDefault(file.id(), FileStock.NONE), settledBy))
            .toList();
    filesSettledBy = settledBy;
    return figures;
  }

  private FileFigures file(FileInfo file, FileStock stock, Map<Long, Long> settledBy) {
    return new FileFigures(
        file.id(),
        file.lane(),
        file.bytes(),
        ages.isOld(new Ages.Home.Sealed(file.id())),
        stock.frames(),
        stock.pending(),
        stock.pendingBytes(),
        stock.mergeable(),
        stock.coarse(),
        stock.oldestMicros(),
        stock.pending() == 0 && synced(file.id(), filesSettledBy, settledBy));
  }

  private boolean synced(long id, Map<Long, Long> before, Map<Long, Long> now) {
    long settledBy = before.getOrDefault(id, journal.lastNumber());
    now.put(id, settledBy);
    boolean synced = journal.syncedNumber() >= settledBy;
    awaitsSync |= !synced;
    return synced;
  }
}
