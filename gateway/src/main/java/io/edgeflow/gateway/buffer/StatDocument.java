package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.gateway.recorder.EdgeFigures;
import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a data directory holds. Times are epoch milliseconds.
 *
 * @param inUseBy who works in it; null if nobody does, and then everything here is certain
 * @param readings the account since the directory was made
 * @param lanes by their words
 * @param buffered when the oldest and the newest frame was numbered that waits for the cloud
 * @param incarnations those of which something is held or unsettled, oldest first
 * @param segmentsWithoutHeader names of files in the journal of which nothing can be read; they are
 *     not counted in {@code journal}
 * @param damage what a start would report as lost
 * @param suspectTail bytes behind the last intact record that may have held acknowledged readings
 */
record StatDocument(
    String directory,
    String edge,
    @Nullable String inUseBy,
    Readings readings,
    Map<String, LaneStat> lanes,
    Span buffered,
    Files journal,
    Files backlog,
    Span flightRecorder,
    List<IncarnationStat> incarnations,
    List<String> segmentsWithoutHeader,
    List<DamageStat> damage,
    long suspectTail) {

  /**
   * Readings; received is the sum of accepted, rejected and refused.
   *
   * @param pending accepted and in no numbered frame yet: their windows are open
   */
  record Readings(
      long received,
      long accepted,
      long folded,
      long duplicate,
      long conflict,
      long pending,
      long unstamped,
      long unverifiable,
      Map<String, Long> rejected,
      Map<String, Long> refused,
      long reported,
      long reportsWaiting,
      long fetched,
      int series) {}

  /** Frames and the readings that they carry. */
  record Amount(long frames, long readings) {
    static Amount of(LaneFigures.Amount amount) {
      return new Amount(amount.frames(), amount.readings());
    }
  }

  /**
   * @param buffered numbered, and waiting for the cloud's verdict
   */
  record LaneStat(
      Amount framed,
      long offered,
      Amount delivered,
      Amount buffered,
      long bufferedBytes,
      Amount superseded,
      Amount refused,
      Amount conflict,
      Amount dropped) {}

  /** From the oldest to the newest; null where there is none. */
  record Span(@Nullable Long oldest, @Nullable Long newest) {
    static Span micros(OptionalLong oldest, OptionalLong newest) {
      return new Span(millis(oldest), millis(newest));
    }

    private static @Nullable Long millis(OptionalLong micros) {
      return micros.isEmpty() ? null : micros.getAsLong() / 1000;
    }
  }

  record Files(int files, long bytes) {}

  /**
   * @param unfinished whether it was not ended: its process was killed, or is at work
   */
  record IncarnationStat(
      String id, @Nullable String parent, boolean unfinished, Map<String, Numbers> lanes) {}

  /**
   * @param highest the last number given
   * @param buffered how many of the numbers have no verdict yet
   */
  record Numbers(long highest, long buffered, long readings) {}

  record DamageStat(long segment, long fromByte, long toByte, long recordsMissing) {}

  static StatDocument of(StoppedEdge edge, Path directory, Optional<String> owner)
      throws IOException {
    EdgeFigures figures = edge.figures();
    return new StatDocument(
        directory.toString(),
        edge.edge(),
        owner.orElse(null),
        readings(figures),
        lanes(figures),
        Span.micros(figures.oldestPendingMicros(), edge.newestPendingMicros()),
        new Files(
            edge.segments().size(), edge.segments().stream().mapToLong(SegmentInfo::bytes).sum()),
        new Files(edge.files().size(), edge.files().stream().mapToLong(FileInfo::bytes).sum()),
        Span.micros(edge.heldFromMicros(), edge.heldToMicros()),
        edge.incarnations().stream().map(held -> incarnation(held, edge)).toList(),
        edge.segmentsWithoutHeader().stream().map(f -> String.valueOf(f.getFileName())).toList(),
        edge.damages().stream().map(StatDocument::damage).toList(),
        edge.suspectTail());
  }

  private static Readings readings(EdgeFigures figures) {
    return new Readings(
        figures.received(),
        figures.accepted(),
        figures.folded(),
        figures.duplicate(),
        figures.conflict(),
        figures.pending(),
        figures.unstamped(),
        figures.unverifiable(),
        words(figures.rejected()),
        words(figures.refused()),
        figures.reported(),
        figures.reportsWaiting(),
        figures.fetched(),
        figures.series());
  }

  private static Map<String, Long> words(Map<RejectReason, Long> counts) {
    Map<String, Long> words = new TreeMap<>();
    counts.forEach((reason, count) -> words.put(reason.word(), count));
    return words;
  }

  private static Map<String, LaneStat> lanes(EdgeFigures figures) {
    Map<String, LaneStat> lanes = new TreeMap<>();
    figures
        .lanes()
        .forEach(
            (lane, f) ->
                lanes.put(lane.word(), lane(f, figures.pendingBytes().getOrDefault(lane, 0L))));
    return lanes;
  }

  private static LaneStat lane(LaneFigures figures, long bufferedBytes) {
    return new LaneStat(
        Amount.of(figures.framed()),
        figures.offered(),
        Amount.of(figures.delivered()),
        Amount.of(figures.buffered()),
        bufferedBytes,
        Amount.of(figures.superseded()),
        Amount.of(figures.refused()),
        Amount.of(figures.conflict()),
        Amount.of(figures.dropped()));
  }

  private static IncarnationStat incarnation(HeldIncarnation held, StoppedEdge edge) {
    Map<String, Numbers> lanes = new TreeMap<>();
    held.lanes().forEach(lane -> lanes.put(lane.lane().word(), numbers(lane)));
    return new IncarnationStat(
        held.id().toString(),
        held.parent() == null ? null : held.parent().toString(),
        edge.unfinished().filter(held.id()::equals).isPresent(),
        lanes);
  }

  private static Numbers numbers(HeldLane lane) {
    long settled = 0;
    for (FateRange range : lane.fates()) {
      settled += range.to() - range.from() + 1;
    }
    return new Numbers(lane.highest(), lane.highest() - settled, lane.runningTotal());
  }

  private static DamageStat damage(Damage damage) {
    return new DamageStat(damage.segment(), damage.fromByte(), damage.toByte(), damage.missing());
  }

  /** Whether there is a journal of which nothing can be read: then the account tells nothing. */
  boolean unreadable() {
    return journal.files() == 0 && !segmentsWithoutHeader.isEmpty();
  }

  /** Lanes in the order of sending. */
  List<String> laneWords() {
    return List.of(Lane.values()).stream().map(Lane::word).filter(lanes::containsKey).toList();
  }
}
