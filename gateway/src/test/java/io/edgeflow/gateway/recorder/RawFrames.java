package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;

import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an edge sent singly. */
final class RawFrames {
  private RawFrames() {}

  /** Until every reported reading is numbered. */
  static void await(Edge edge) {
    Edge.await(
        "reports are numbered",
        () -> {
          edge.pass(SECOND / 10);
          return edge.figures().reportsWaiting() == 0;
        });
    edge.awaitAnnounced();
  }

  static Map<FrameId, Frame> of(Edge edge) {
    Map<FrameId, Frame> raw = new HashMap<>(edge.frames());
    raw.keySet().removeIf(id -> id.lane() != Lane.RAW);
    return raw;
  }

  /** Of every frame, in the order of arrival. */
  static List<Double> values(Edge edge) {
    return of(edge).entrySet().stream()
        .sorted(Comparator.comparingLong(e -> e.getValue().createdMicros()))
        .flatMap(e -> e.getValue().raw().stream())
        .map(RawRow::number)
        .toList();
  }
}
