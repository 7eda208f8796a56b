package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The cloud's verdicts on frames of one lane.
 *
 * @param ranges as they were said; where they overlap, the later one counts, so read them by {@link
 *     #resolved}
 */
public record LaneVerdicts(Lane lane, List<VerdictRange> ranges) {
  public LaneVerdicts {
    ranges = List.copyOf(ranges);
  }

  /** The ranges without overlaps, ascending: every number with the verdict that counts. */
  public List<VerdictRange> resolved() {
    RangeSet told = new RangeSet();
    List<VerdictRange> parts = new ArrayList<>();
    for (VerdictRange range : ranges.reversed()) {
      RangeSet untold = RangeSet.of(range.from(), range.to());
      for (RangeSet.Range known : told.intersection(range.from(), range.to()).ranges()) {
        untold.remove(known.from(), known.to());
      }
      for (RangeSet.Range part : untold.ranges()) {
        parts.add(
            new VerdictRange(
                part.from(), part.to(), range.verdict(), range.reason(), range.content()));
      }
      told.add(range.from(), range.to());
    }
    parts.sort(Comparator.comparingLong(VerdictRange::from));
    return parts;
  }
}
