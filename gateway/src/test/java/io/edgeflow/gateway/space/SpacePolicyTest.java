package io.edgeflow.gateway.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which step comes next, and the order of the steps (J7, J9, J10). */
final class SpacePolicyTest {
  private static final long MIB = 1 << 20;
  private static final long BUDGET = 160 * MIB;
  private static final long FLOOR = 16 * MIB;
  private static final long PLENTY = 1L << 40;

  private final List<SegmentFigures> segments = new ArrayList<>();
  private final List<FileFigures> files = new ArrayList<>();
  private long usable = PLENTY;
  private long owed;
  private long working;
  private long fixed;
  private boolean reclaiming;
  private boolean coarsen = true;

  private SpaceFigures figures() {
    return new SpaceFigures(
        BUDGET, working, FLOOR, owed, usable, fixed, segments, files, reclaiming, coarsen);
  }

  private Step next() {
    return SpacePolicy.next(figures());
  }

  private void tight() {
    fixed = BUDGET;
  }

  private static SegmentFigures segment(long id, long pending) {
    return new SegmentFigures(id, 8 * MIB, true, false, pending, pending * 1000, true);
  }

  private static FileFigures file(long id, Lane lane, long pending, long mergeable) {
    boolean coarse = lane == Lane.WINDOW && mergeable == 0;
    return new FileFigures(
        id, lane, 8 * MIB, false, 10, pending, pending * MIB / 2, mergeable, coarse, id, true);
  }

  /** Nothing is sealed, rewritten or dropped while room is plentiful. */
  @Test
  void restsWhileThereIsRoom() {
    segments.add(segment(1, 5));
    segments.add(segment(2, 0));
    files.add(file(1, Lane.RAW, 10, 0));
    files.add(file(2, Lane.WINDOW, 0, 0));
    files.add(file(3, Lane.WINDOW, 1, 1));

    assertEquals(new Step.Rest(), next());
  }

  /** Every combination of what there is: the first of the order is taken, and only that. */
  @Test
  void takesTheFirstOfTheOrderInEveryCombination() {
    for (int there = 0; there < 1 << 8; there++) {
      segments.clear();
      files.clear();
      tight();
      List<Step> order = new ArrayList<>();
      if (bit(there, 0)) {
        files.add(file(10, Lane.WINDOW, 0, 0));
        order.add(new Step.DeleteFiles(List.of(10L)));
      }
      if (bit(there, 1)) {
        segments.add(segment(1, 0));
        order.add(new Step.DeleteSegments(List.of(1L)));
      }
      if (bit(there, 2)) {
        segments.add(segment(2, 3));
        order.add(new Step.Seal(List.of(2L), 8 * MIB));
      }
      if (bit(there, 3)) {
        files.add(file(11, Lane.EVENT, 2, 0));
        order.add(new Step.Rewrite(List.of(11L), 8 * MIB));
      }
      if (bit(there, 4)) {
        files.add(file(12, Lane.RAW, 10, 0));
        order.add(new Step.DropRaw(12));
      }
      if (bit(there, 5)) {
        files.add(file(14, Lane.WINDOW, 10, 4));
        order.add(new Step.Coarsen(14));
      }
      if (bit(there, 6)) {
        // Older than the one whose windows can be merged, and yet they are merged first.
        files.add(file(13, Lane.WINDOW, 10, 0));
        order.add(new Step.DropWindows(13));
      } else if (bit(there, 5)) {
        order.add(new Step.DropWindows(14));
      }
      if (bit(there, 7)) {
        files.add(file(15, Lane.EVENT, 10, 0));
        order.add(new Step.DropEvents(15));
      }
      order.add(new Step.Exhausted());

      assertEquals(order.getFirst(), next(), "with " + Integer.toBinaryString(there));
    }
  }

  private static boolean bit(int of, int index) {
    return (of >> index & 1) != 0;
  }

  /** What waits for the cloud is worth more than room for the next full disk. */
  @Test
  void givesNothingUpForAReserveThatIsMissing() {
    usable = 2 * FLOOR;
    owed = FLOOR;
    files.add(file(1, Lane.RAW, 10, 0));
    files.add(file(2, Lane.WINDOW, 10, 5));
    assertFalse(figures().room());
    assertEquals(new Step.Exhausted(), next());

    files.add(file(3, Lane.WINDOW, 0, 0));
    assertEquals(new Step.DeleteFiles(List.of(3L)), next());
    files.removeLast();
    segments.add(segment(1, 5));
    assertInstanceOf(Step.Seal.class, next());
    segments.clear();
    usable = FLOOR;
    assertEquals(new Step.DropRaw(1), next());
  }

  @Test
  void dropsWindowsWithoutCoarseningWhereThatIsSwitchedOff() {
    tight();
    coarsen = false;
    files.add(file(1, Lane.WINDOW, 10, 4));

    assertEquals(new Step.DropWindows(1), next());
  }

  @Test
  void takesTheOldestOfALane() {
    tight();
    files.add(file(3, Lane.RAW, 10, 0));
    files.add(file(2, Lane.RAW, 10, 0));

    assertEquals(new Step.DropRaw(2), next());
  }

  /** A file that was sealed later may hold older frames: coarse ones, or merged ones. */
  @Test
  void goesByTheAgeOfTheFramesAndNotOfTheFile() {
    tight();
    files.add(new FileFigures(1, Lane.RAW, MIB, false, 1, 1, MIB, 0, false, 500, true));
    files.add(new FileFigures(9, Lane.RAW, MIB, false, 1, 1, MIB, 0, false, 100, true));

    assertEquals(new Step.DropRaw(9), next());
  }

  /** J10: the unsettled frames of several segments go into one file. */
  @Test
  void sealsSeveralSegmentsTogetherButNoMoreThanAnEighthOfTheBudget() {
    fixed = BUDGET - BUDGET / 8 - 9 * 8 * MIB + 1;
    for (int id = 1; id <= 9; id++) {
      segments.add(segment(id, 3));
    }

    assertEquals(new Step.Seal(List.of(1L, 2L, 3L), 24 * MIB), next());
  }

  @Test
  void sealsNoMoreFramesThanFillAFile() {
    tight();
    long file = SpacePolicy.fileBytes(BUDGET);
    for (int id = 1; id <= 3; id++) {
      segments.add(new SegmentFigures(id, MIB, true, false, 9, file / 2, true));
    }

    assertEquals(new Step.Seal(List.of(1L, 2L), 2 * MIB), next());
  }

  /** What recovery needs is never touched, whatever it holds. */
  @Test
  void leavesTheNewestSegmentsAlone() {
    tight();
    segments.add(new SegmentFigures(1, 64 * MIB, false, true, 0, 0, true));
    segments.add(new SegmentFigures(2, 64 * MIB, false, true, 7, 7, true));

    assertEquals(new Step.Exhausted(), next());
  }

  /** Waiting a moment for a sync comes before any loss. */
  @Test
  void awaitsTheSyncOfVerdictsBeforeItGoesOn() {
    tight();
    segments.add(new SegmentFigures(1, 8 * MIB, true, false, 0, 0, false));
    files.add(file(1, Lane.RAW, 10, 0));
    assertEquals(new Step.AwaitSync(), next());

    files.add(new FileFigures(2, Lane.RAW, MIB, false, 5, 0, 0, 0, false, 0, false));
    assertEquals(new Step.AwaitSync(), next());
  }

  @Test
  void deletesOnlyAsManySegmentsAsItMust() {
    fixed = BUDGET - BUDGET / 8 - 5 * 8 * MIB + 1;
    for (int id = 1; id <= 5; id++) {
      segments.add(segment(id, 0));
    }
    assertEquals(new Step.DeleteSegments(List.of(1L)), next());
  }

  /**
   * Past keepDelivered everything settled goes, and the rest is sealed, with all the room there is.
   */
  @Test
  void letsGoWhatIsOld() {
    segments.add(new SegmentFigures(1, 8 * MIB, true, true, 0, 0, true));
    segments.add(new SegmentFigures(2, 8 * MIB, true, true, 0, 0, true));
    segments.add(new SegmentFigures(3, 8 * MIB, true, false, 0, 0, true));
    assertEquals(new Step.DeleteSegments(List.of(1L, 2L)), next());

    segments.set(0, new SegmentFigures(1, 8 * MIB, true, true, 4, 4, true));
    assertEquals(new Step.Seal(List.of(1L, 2L, 3L), 24 * MIB), next());

    files.add(new FileFigures(7, Lane.WINDOW, MIB, true, 5, 0, 0, 0, false, 0, true));
    assertEquals(new Step.DeleteFiles(List.of(7L)), next());
    files.set(0, new FileFigures(7, Lane.WINDOW, MIB, true, 5, 1, 10, 1, false, 0, true));
    assertInstanceOf(Step.Seal.class, next());
  }

  @Test
  void removesFilesThatHoldNothing() {
    files.add(new FileFigures(4, Lane.WINDOW, MIB, false, 0, 0, 0, 0, false, 0, true));

    assertEquals(new Step.DeleteFiles(List.of(4L)), next());
  }

  /** J9: it begins before the limits, and goes on until there is a little more room than needed. */
  @Test
  void beginsBeforeTheLimitAndDoesNotNibble() {
    segments.add(segment(1, 0));
    long segment = segments.getFirst().bytes();

    fixed = BUDGET - BUDGET / 8 - segment;
    assertFalse(figures().tight());
    fixed++;
    assertTrue(figures().tight());
    assertTrue(figures().room());
    reclaiming = true;
    fixed = BUDGET - BUDGET / 16 * 3 - segment + 1;
    assertTrue(figures().tight());
    fixed--;
    assertFalse(figures().tight());

    usable = FLOOR + FLOOR / 16 * 3 - 1;
    assertTrue(figures().tight());
    reclaiming = false;
    assertFalse(figures().tight());
    usable = FLOOR + FLOOR / 8 - 1;
    assertTrue(figures().tight());
    usable = FLOOR;
    assertFalse(figures().room());
  }

  /** What is kept for the edge's own work is no room for readings, and reclaiming begins before. */
  @Test
  void keepsRoomFreeToWorkIn() {
    working = BUDGET / 2;
    fixed = BUDGET / 2 - BUDGET / 32 * 2;
    assertFalse(figures().tight());
    fixed++;
    assertTrue(figures().tight());
    assertTrue(figures().room());
    fixed = BUDGET / 2;
    assertFalse(figures().room());
  }

  /** The file is written beside what it takes the place of, so a small budget makes small ones. */
  @Test
  void sealsSmallFilesWhereTheBudgetIsSmall() {
    assertEquals(SpacePolicy.FILE_BYTES, SpacePolicy.fileBytes(4L << 30));
    assertEquals(256 << 10, SpacePolicy.fileBytes(4 * MIB));
    assertTrue(SpacePolicy.stepBytes(4 * MIB) <= MIB / 2, "an eighth");
    assertTrue(SpacePolicy.stepBytes(4L << 30) <= 24 * MIB, "and a step never needs more");
  }

  /** A file that was just rewritten is left alone, however small what it holds is. */
  @Test
  void rewritesAFileOnceForWhatIsSettledInIt() {
    tight();
    files.add(new FileFigures(1, Lane.EVENT, MIB, false, 1, 1, 10, 0, false, 0, true));

    assertEquals(new Step.DropEvents(1), next());
  }

  @Test
  void mergesSmallNeighboursWhereThereAreTooManyFiles() {
    for (int id = 0; id <= SpacePolicy.MOST_FILES; id++) {
      Lane lane = id % 2 == 0 ? Lane.EVENT : Lane.WINDOW;
      files.add(new FileFigures(id, lane, 9000, false, 1, 1, 9000, 1, false, id, true));
    }

    Step.Rewrite step = assertInstanceOf(Step.Rewrite.class, next());
    assertEquals(16, step.files().size());
    assertTrue(step.files().stream().allMatch(id -> id % 2 == 0 && id < 32), step.toString());
    files.removeLast();
    assertEquals(new Step.Rest(), next());
  }

  @Test
  void keepsCoarseFramesApartFromFineOnes() {
    for (int id = 0; id <= SpacePolicy.MOST_FILES; id++) {
      files.add(
          new FileFigures(id, Lane.WINDOW, 9000, false, 1, 1, 9000, 0, id % 2 == 0, id, true));
    }

    Step.Rewrite step = assertInstanceOf(Step.Rewrite.class, next());
    assertTrue(step.files().stream().allMatch(id -> id % 2 == 0), step.toString());
  }
}
