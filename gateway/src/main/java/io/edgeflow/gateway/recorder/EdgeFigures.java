package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.frame.Lane;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The edge's account at one instant (A6). Counts are readings since the data directory was made.
 *
 * @param pending accepted readings that are in no numbered frame yet
 * @param pendingBytes bytes of frames without a verdict, by lane
 * @param reported accepted readings that were chosen for the raw lane (L11)
 * @param reportsWaiting those of them that are in no numbered frame yet
 * @param fetched readings that were sent on the raw lane because somebody asked for them
 * @param oldestPendingMicros when the oldest of them was numbered; empty if there is none
 */
public record EdgeFigures(
    long received,
    long accepted,
    long folded,
    long duplicate,
    long conflict,
    long pending,
    long unstamped,
    long unverifiable,
    long reported,
    long reportsWaiting,
    long fetched,
    Map<RejectReason, Long> rejected,
    Map<RejectReason, Long> refused,
    Map<Lane, LaneFigures> lanes,
    Map<Lane, Long> pendingBytes,
    OptionalLong oldestPendingMicros,
    long lastArrivedMicros,
    int series) {

  static EdgeFigures of(EdgeState state) {
    ReadingCounts counts = state.counts;
    return new EdgeFigures(
        counts.received,
        counts.accepted,
        counts.folded,
        counts.duplicate,
        counts.conflict,
        state.pendingReadings(),
        counts.unstamped,
        counts.unverifiable,
        state.reports.reported,
        state.reports.waiting.size(),
        state.reports.fetched,
        counts.rejected(),
        counts.refused(),
        state.frames.figures(),
        state.frames.pendingBytes(),
        state.frames.oldestPendingMicros(),
        state.lastArrivedMicros,
        state.series.size());
  }
}
