package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Lane;
import java.util.List;

/** The cloud's verdicts on frames of one lane. Later ranges win where they overlap. */
public record LaneVerdicts(Lane lane, List<VerdictRange> ranges) {
  public LaneVerdicts {
    ranges = List.copyOf(ranges);
  }
}
