package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.START_MICROS;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import java.util.List;

/** What a cloud says of single frames. */
final class Verdicts {
  private Verdicts() {}

  static Acknowledgement committed(FrameId id) {
    return of(id, Verdict.COMMITTED);
  }

  static Acknowledgement of(FrameId id, Verdict verdict) {
    VerdictRange range = new VerdictRange(id.number(), id.number(), verdict, "");
    LaneVerdicts lane = new LaneVerdicts(id.lane(), List.of(range));
    return acknowledgement(false, new IncarnationVerdicts(id.incarnation(), List.of(lane)));
  }

  static Acknowledgement acknowledgement(boolean full, IncarnationVerdicts verdicts) {
    return new Acknowledgement(full, "1/1", START_MICROS, 1 << 20, 1, List.of(verdicts));
  }
}
