package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was deleted is forgotten through the journal, like everything else that the account depends
 * on: so what was judged after that is judged alike by a replay (J1, L3).
 */
final class ForgottenFramesTest {
  private static final long BUDGET = 1 << 20;

  @TempDir Path temp;

  private final Outage outage = new Outage(new Random(31), 60);

  /**
   * The checkpoint that a replay begins with still holds frames whose segments were deleted since.
   *
   * @param knownParts the cloud still knows the first of them, such a part; 0 for none
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void saysTheSameAfterAKillOfWhatTheCloudLostAndNobodyHas(int knownParts) throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("killed");
    Incarnation incarnation;
    List<FateRange> before;
    LaneFigures figures;
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      incarnation = edge.recorder.incarnation();
      long gone = deliverUntilSomeAreGone(edge);
      edge.recorder.outbox().reconcile(answer(incarnation, gone, knownParts)).join();

      before = fates(edge, incarnation);
      figures = Outage.lane(edge.figures(), Lane.WINDOW);
      assertEquals(Fate.DROPPED, fateOf(before, gone), "nothing was lost at the cloud: " + before);
      assertEquals(
          knownParts == 0 ? Fate.DROPPED : Fate.COMMITTED, fateOf(before, 1), before.toString());
      edge.awaitRound();
      edge.copyAsKilled(directory, killed);
    }

    // What it makes room for at its start must not count, nor what it closes then.
    try (Edge edge = Edge.withBudget(killed, new NioDisk(), 1 << 30, later())) {
      assertEquals(before, fates(edge, incarnation), "after the kill");
      LaneFigures after = Outage.lane(edge.figures(), Lane.WINDOW);
      assertEquals(figures.delivered(), after.delivered());
      assertEquals(figures.dropped(), after.dropped());
      Outage.assertBalanced(edge.figures(), "after the kill");
    }
  }

  /** Killed between the deletion and its record: the start takes it down. */
  @Test
  void takesDownWhatIsGoneWhenAStartFindsItSo() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("killed");
    Path again = temp.resolve("again");
    Incarnation incarnation;
    try (Edge edge = Edge.withBudget(directory, BUDGET)) {
      incarnation = edge.recorder.incarnation();
      while (edge.recorder.journalBytes() < BUDGET / 2) {
        deliverMinutes(edge, 10);
      }
      edge.copyAsKilled(directory, killed);
    }
    long segments = deleteOldestSegments(killed);
    assertTrue(segments > 0, "no segment could go");

    List<FateRange> before;
    try (Edge edge = Edge.withBudget(killed, new NioDisk(), 1 << 30, later())) {
      edge.recorder.outbox().reconcile(answer(incarnation, 3, 0)).join();
      before = fates(edge, incarnation);
      assertEquals(
          List.of(Fate.DROPPED, Fate.COMMITTED),
          List.of(fateOf(before, 3), fateOf(before, 4)),
          before.toString());
      edge.awaitRound();
      edge.copyAsKilled(killed, again);
    }
    try (Edge edge = Edge.withBudget(again, new NioDisk(), 1 << 30, later())) {
      assertEquals(before, fates(edge, incarnation), "after the second kill");
    }
  }

  private static long deleteOldestSegments(Path directory) throws Exception {
    List<Path> segments = Edge.segments(directory);
    List<Path> oldest = segments.subList(0, segments.size() / 3);
    for (Path segment : oldest) {
      Files.delete(segment);
    }
    return oldest.size();
  }

  private long later() {
    return Edge.START_MICROS + (outage.minutes() + 1) * MINUTE;
  }

  private void deliverMinutes(Edge edge, int minutes) {
    outage.minutes(edge, minutes);
    edge.closeWindows();
    for (FrameId id : List.copyOf(edge.announced.keySet())) {
      edge.deliver(id);
      edge.announced.remove(id);
    }
  }

  /** Returns the greatest number of those that are committed and of which nothing is left. */
  private long deliverUntilSomeAreGone(Edge edge) {
    long gone;
    do {
      deliverMinutes(edge, 20);
      edge.awaitQuiet();
      gone = edge.recorder.onOwner(state -> lastGone(state, edge.recorder.incarnation())).join();
    } while (gone < 10 && outage.minutes() < 5_000);
    assertFalse(gone < 10, "no delivered frame made room");
    return gone;
  }

  private static long lastGone(EdgeState state, Incarnation incarnation) {
    return state.frames.goneAndLacking(incarnation, Lane.WINDOW, new RangeSet()).stream()
        .mapToLong(FateRange::to)
        .max()
        .orElse(0);
  }

  /** A cloud that lacks the last of what is gone, and has everything behind it. */
  private static Acknowledgement answer(Incarnation incarnation, long gone, int knownParts) {
    List<VerdictRange> known = new ArrayList<>();
    if (knownParts > 0) {
      known.add(new VerdictRange(1, gone / knownParts, Verdict.COMMITTED, ""));
    }
    known.add(new VerdictRange(gone + 1, 1_000_000, Verdict.COMMITTED, ""));
    LaneVerdicts lane = new LaneVerdicts(Lane.WINDOW, known);
    return Verdicts.acknowledgement(true, new IncarnationVerdicts(incarnation, List.of(lane)));
  }

  private static Fate fateOf(List<FateRange> fates, long number) {
    return fates.stream()
        .filter(range -> range.from() <= number && number <= range.to())
        .map(FateRange::fate)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no fate of " + number + " in " + fates));
  }

  private static List<FateRange> fates(Edge edge, Incarnation incarnation) {
    return edge.recorder.outbox().account().join().stream()
        .filter(one -> one.id().equals(incarnation))
        .map(HeldIncarnation::lanes)
        .flatMap(List::stream)
        .filter(lane -> lane.lane() == Lane.WINDOW)
        .flatMap(lane -> lane.fates().stream())
        .toList();
  }
}
