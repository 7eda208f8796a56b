package io.edgeflow.wire.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.frame.Lane;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneVerdictsTest {
  @Test
  void theLaterRangeCountsWhereTwoOverlap() {
    LaneVerdicts said =
        new LaneVerdicts(
            Lane.WINDOW,
            List.of(
                new VerdictRange(1, 10, Verdict.COMMITTED, ""),
                new VerdictRange(20, 30, Verdict.REFUSED, "old"),
                new VerdictRange(5, 5, Verdict.CONFLICT, "other content"),
                new VerdictRange(25, 40, Verdict.LATER, "")));
    assertEquals(
        List.of(
            new VerdictRange(1, 4, Verdict.COMMITTED, ""),
            new VerdictRange(5, 5, Verdict.CONFLICT, "other content"),
            new VerdictRange(6, 10, Verdict.COMMITTED, ""),
            new VerdictRange(20, 24, Verdict.REFUSED, "old"),
            new VerdictRange(25, 40, Verdict.LATER, "")),
        said.resolved());
  }

  @Test
  void aRangeThatIsWhollyTakenBackSaysNothing() {
    LaneVerdicts said =
        new LaneVerdicts(
            Lane.RAW,
            List.of(
                new VerdictRange(3, 4, Verdict.LATER, ""),
                new VerdictRange(1, 9, Verdict.COMMITTED, "")));
    assertEquals(List.of(new VerdictRange(1, 9, Verdict.COMMITTED, "")), said.resolved());
  }
}
