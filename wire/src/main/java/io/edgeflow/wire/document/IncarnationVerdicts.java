package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Incarnation;
import java.util.List;

/** The cloud's verdicts on frames of one incarnation. */
public record IncarnationVerdicts(Incarnation id, List<LaneVerdicts> lanes) {
  public IncarnationVerdicts {
    lanes = List.copyOf(lanes);
  }
}
