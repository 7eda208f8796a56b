package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages that are longer than the budget: J7, J8, J10, A6, L9. */
final class SpaceTest {
  private static final long BUDGET = 3 << 19;
  private static final int SERIES = 100;

  @TempDir Path temp;

  private final Outage outage = new Outage(new Random(11), SERIES);

  /** Everything goes in its order, and every accepted reading is in exactly one place. */
  @Test
  void survivesAnOutageThatOverflowsTheBudget() throws Exception {
    Path directory = temp.resolve("a");
    LaneFigures before;
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      do {
        outage.minutes(edge, 100);
        edge.awaitQuiet();
        before = Outage.lane(edge.figures(), Lane.WINDOW);
      } while (before.dropped().frames() == 0 && outage.minutes() < 5_000);

      assertTrue(before.coarse().frames() > 0 && before.dropped().frames() > 0, "" + before);
      assertAccounted(edge, "after the outage");
      Set<String> told = events(edge);
      assertTrue(told.contains("windows-coarsened"), told.toString());
      assertTrue(told.contains("windows-dropped"), told.toString());
      assertTrue(told.contains("backlog-sealed"), told.toString());
    }
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      edge.awaitQuiet();
      assertAccounted(edge, "after a restart");
      LaneFigures after = Outage.lane(edge.figures(), Lane.WINDOW);
      assertTrue(after.dropped().readings() >= before.dropped().readings(), "" + after);
    }
  }

  /** What is left has no holes: the newest in full resolution, then coarse, the oldest dropped. */
  private void assertAccounted(Edge edge, String where) {
    Outage.Account account = Outage.assertEachReadingOnce(edge, where);
    EdgeFigures figures = account.figures();
    NavigableMap<Long, List<Window>> windows = account.windows();
    Outage.assertBalanced(figures, where);
    Outage.assertWithin(edge, BUDGET);
    assertEquals(outage.minutes() * SERIES, figures.accepted(), where);
    long newestCoarse = 0;
    long oldestFine = Long.MAX_VALUE;
    long readings = 0;
    for (List<Window> at : windows.values()) {
      for (Window window : at) {
        readings += window.count();
        if (window.lengthMicros() == MINUTE) {
          oldestFine = Math.min(oldestFine, window.firstMicros());
        } else {
          assertEquals(10 * MINUTE, window.lengthMicros(), where);
          newestCoarse = Math.max(newestCoarse, window.lastMicros());
        }
      }
    }
    assertTrue(newestCoarse < oldestFine, where + ": coarse windows newer than fine ones");
    long oldest = windows.firstEntry().getValue().getFirst().firstMicros();
    long end = Edge.START_MICROS + outage.minutes() * MINUTE;
    assertEquals((end - oldest) / MINUTE * SERIES, readings + figures.pending(), where);
  }

  /**
   * Stamps that a restart must remember are the largest part of a checkpoint: without a limit they
   * alone would fill this budget, and nothing would be acknowledged until the cloud takes frames.
   */
  @Test
  void goesOnWhereStampsAreRememberedAndNeverTakesMoreThanItsBudget() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      long most = 0;
      for (int round = 0; round < 15; round++) {
        for (int i = 0; i < 100; i++) {
          edge.awaitSafe(outage.stampedMinute(edge));
          edge.pass(MINUTE);
          most = Math.max(most, Edge.bytesOf(directory));
        }
        edge.awaitQuiet();
        most = Math.max(most, Edge.bytesOf(directory));
      }
      assertTrue(most <= BUDGET, most + " bytes of " + BUDGET);
      assertEquals(outage.minutes() * SERIES, edge.figures().accepted());
      Outage.assertBalanced(edge.figures(), "after the outage");
      assertTrue(Outage.lane(edge.figures(), Lane.WINDOW).coarse().frames() > 0, "not tight");
    }
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      edge.awaitSafe(outage.stampedMinute(edge));
      edge.awaitQuiet();
      assertTrue(
          Edge.bytesOf(directory) <= BUDGET, Edge.bytesOf(directory) + " bytes after a restart");
    }
  }

  /** A person is told what the budget must be, before it is too late. */
  @Test
  void saysWhatBudgetIsNeededWhereThereAreTooManySeries() throws Exception {
    Outage crowd = new Outage(new Random(12), 900);
    try (Edge edge = Edge.withBudget(temp.resolve("a"), 1 << 20)) {
      crowd.minutes(edge, 2);
      edge.awaitQuiet();
      assertTrue(events(edge).contains("budget-small"), events(edge).toString());
    }
  }

  private static Set<String> events(Edge edge) {
    return edge.pendingEvents().stream().map(EventRow::type).collect(Collectors.toSet());
  }

  /** J7: what may have been sent is delivered or dropped as it is, never merged. */
  @Test
  void neverCoarsensWhatWasOffered() throws Exception {
    try (Edge edge = Edge.withBudget(temp.resolve("a"), BUDGET)) {
      outage.minutes(edge, 200);
      Set<FrameId> offered = new HashSet<>();
      for (FrameId id : List.copyOf(edge.announced.keySet())) {
        if (id.lane() == Lane.WINDOW && id.number() / 64 % 2 == 0) {
          edge.recorder.outbox().offer(id).join();
          offered.add(id);
        }
      }
      do {
        outage.minutes(edge, 100);
        edge.awaitQuiet();
      } while (Outage.lane(edge.figures(), Lane.WINDOW).coarse().frames() < 5
          && outage.minutes() < 5_000);

      Set<FrameId> replaced = new HashSet<>();
      for (Frame frame : edge.pendingFrames().values()) {
        frame
            .replaces()
            .forEach(
                range -> {
                  for (long number = range.from(); number <= range.to(); number++) {
                    replaced.add(new FrameId(range.incarnation(), range.lane(), number));
                  }
                });
      }
      assertFalse(replaced.isEmpty(), "nothing was coarsened");
      replaced.retainAll(offered);
      assertEquals(Set.of(), replaced);
    }
  }

  /** J10: a frame that the cloud puts off again and again holds no segment and no file. */
  @Test
  void isNotPinnedByFramesThatAreStuck() throws Exception {
    try (Edge edge = Edge.withBudget(temp.resolve("a"), BUDGET)) {
      List<OutgoingFrame> stuck = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        outage.minutes(edge, 40);
        edge.awaitAnnounced();
        stuck.add(settleAllButOne(edge));
      }
      edge.awaitQuiet();

      Map<FrameId, Frame> waiting = edge.pendingFrames();
      for (OutgoingFrame frame : stuck) {
        assertTrue(waiting.containsKey(frame.id()), "lost " + frame);
      }
      Outage.assertWithin(edge, BUDGET);
      LaneFigures lane = Outage.lane(edge.figures(), Lane.WINDOW);
      assertEquals(0, lane.dropped().frames() + lane.coarse().frames(), lane.toString());
      assertTrue(
          edge.recorder.backlogBytes() < BUDGET / 4, edge.recorder.backlogBytes() + " bytes");
    }
  }

  /** The newest one is stuck; what was stuck before stays so. */
  private static OutgoingFrame settleAllButOne(Edge edge) {
    List<OutgoingFrame> waiting =
        edge.announced.values().stream()
            .filter(frame -> frame.id().lane() == Lane.WINDOW)
            .sorted((a, b) -> Long.compare(a.id().number(), b.id().number()))
            .toList();
    OutgoingFrame kept = waiting.getLast();
    long first = edge.settledUpTo + 1;
    for (OutgoingFrame frame : waiting) {
      if (frame.id().number() >= first && !frame.equals(kept)) {
        edge.deliver(frame.id());
        edge.announced.remove(frame.id());
      }
    }
    edge.settledUpTo = kept.id().number();
    return kept;
  }
}
