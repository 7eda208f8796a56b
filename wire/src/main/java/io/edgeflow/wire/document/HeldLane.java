package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Lane;
import java.util.List;

/**
 * The edge's account of one lane of one incarnation: every number from 1 to {@code highest} either
 * has a fate or is pending. Where a lane needs several pages of hello, each repeats {@code highest}
 * and {@code runningTotal}, and a number is pending if no page gives it a fate.
 *
 * @param highest the greatest number given so far; 0 for none
 * @param runningTotal readings of numbers 1 to {@code highest}
 * @param fates ascending, not overlapping, none above {@code highest}
 */
public record HeldLane(Lane lane, long highest, long runningTotal, List<FateRange> fates) {
  public HeldLane {
    if (highest < 0 || runningTotal < 0) {
      throw new IllegalArgumentException("a number or a total below zero");
    }
    fates = List.copyOf(fates);
    long last = 0;
    for (FateRange range : fates) {
      if (range.from() <= last || range.to() > highest) {
        throw new IllegalArgumentException(
            "fates overlap, descend or pass the highest number at " + range.from());
      }
      last = range.to();
    }
  }
}
