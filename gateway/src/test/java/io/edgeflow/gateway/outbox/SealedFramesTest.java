package io.edgeflow.gateway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.LaneFigures.Amount;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames in files, coarse frames, and what hello must not forget to tell (J7, J8, L3, L7). */
final class SealedFramesTest {
  private static final Incarnation FIRST = new Incarnation(1, 1);
  private static final Incarnation SECOND = new Incarnation(2, 2);

  private final FrameLedger ledger = new FrameLedger();

  @BeforeEach
  void beginsAnIncarnation() {
    ledger.begin(FIRST, null);
  }

  @Test
  void findsAFrameInItsFile() {
    number(10);
    ledger.found(frame(1, 10, 10), new FramePlace.InFile(3));

    assertEquals(List.of(new FramePlace.InFile(3)), places());
    assertEquals(1, ledger.inFile(3).pending());
    assertEquals(0, ledger.inSegment(1).pending());
  }

  /**
   * J8: a file is adopted whatever else was lost; the account says the same as without the loss.
   */
  @Test
  void holdsAgainWhatCountedAsLostToDamage() {
    ledger.numbered(frame(5, 50, 150));
    assertEquals(new Amount(4, 100), figures().dropped());
    assertTrue(ledger.misses(id(3)));

    ledger.found(frame(3, 30, 60), new FramePlace.InFile(7));

    assertEquals(new Amount(3, 70), figures().dropped());
    assertEquals(new Amount(2, 80), figures().buffered());
    assertEquals(new Amount(5, 150), figures().framed());
    assertFalse(ledger.misses(id(3)));
    assertTrue(ledger.isOffered(id(3)), "nobody knows whether it was sent");
  }

  /** J8: also where nothing at all is known of the incarnation. */
  @Test
  void holdsFramesOfAnIncarnationThatItNeverHeardOf() {
    FrameId stranger = new FrameId(SECOND, Lane.WINDOW, 2);
    assertTrue(ledger.misses(stranger));
    ledger.found(new NewFrame(stranger, 1, 100, 20, 30, Grain.FIXED), new FramePlace.InFile(7));

    assertEquals(new Amount(1, 20), figures().buffered());
    assertEquals(new Amount(1, 10), figures().dropped());
    assertEquals(FIRST, ledger.current());
    assertEquals(FIRST, ledger.newest());
  }

  @Test
  void leavesAVerdictAsItIs() {
    number(10);
    ledger.settle(FIRST, Lane.WINDOW, 1, 1, Fate.COMMITTED);
    ledger.forgetSegment(1);
    assertFalse(ledger.misses(id(1)));

    ledger.found(frame(1, 10, 10), new FramePlace.InFile(3));

    assertEquals(new Amount(1, 10), figures().delivered());
    assertEquals(0, ledger.inFile(3).frames());
  }

  /**
   * L3: committed stands above dropped. The cloud may have committed what was given up while its
   * verdict was on the way.
   */
  @Test
  void takesTheVerdictOnWhatWasGivenUpWithoutOne() {
    for (int i = 0; i < 4; i++) {
      number(10 + i);
      ledger.placed(id(i + 1), new FramePlace.InFile(3));
    }
    ledger.offer(id(1));
    ledger.settle(FIRST, Lane.WINDOW, 1, 4, Fate.DROPPED);
    ledger.forgetFile(3);
    assertEquals(new Amount(4, 46), figures().dropped());

    assertTrue(ledger.settle(FIRST, Lane.WINDOW, 2, 3, Fate.COMMITTED));
    assertFalse(ledger.settle(FIRST, Lane.WINDOW, 2, 3, Fate.COMMITTED));
    assertFalse(ledger.settle(FIRST, Lane.WINDOW, 2, 3, Fate.DROPPED));

    assertEquals(new Amount(2, 23), figures().delivered());
    assertEquals(new Amount(2, 23), figures().dropped());
  }

  /** What was never offered cannot have been committed: one range is enough for any number. */
  @Test
  void tellsWhatWasNeverSentInOneRange() {
    for (int i = 0; i < 200; i++) {
      number(1);
      ledger.placed(id(i + 1), new FramePlace.InFile(3));
    }
    ledger.offer(id(1));
    ledger.settle(FIRST, Lane.WINDOW, 1, 200, Fate.DROPPED);
    ledger.forgetFile(3);

    List<FateRange> fates = ledger.account().getFirst().lanes().getFirst().fates();
    assertEquals(200, fates.stream().mapToLong(FateRange::readings).sum());
    assertEquals(new FateRange(64, 200, Fate.DROPPED, 137), fates.getLast());
  }

  @Test
  void countsWhatACoarseFrameCarriesOnce() {
    number(10);
    number(20);
    number(30);
    ledger.numbered(new NewFrame(id(4), 1, 100, 30, 90, Grain.COARSE));
    ledger.superseded(List.of(new Replaced(FIRST, Lane.WINDOW, 1, 2)));

    assertEquals(new Amount(2, 30), figures().superseded());
    assertEquals(new Amount(1, 30), figures().coarse());
    assertEquals(new Amount(2, 60), figures().buffered());
    assertEquals(60, figures().framed().readings() - figures().coarse().readings());
  }

  /** J7: after damage nobody knows any more what was offered. */
  @Test
  void takesEveryBlockForOfferedAfterDamage() {
    for (int i = 0; i < 130; i++) {
      number(1);
    }
    assertFalse(ledger.isOffered(id(1)));
    ledger.offerAll();

    assertTrue(ledger.isOffered(id(1)));
    assertTrue(ledger.isOffered(id(130)));
    assertFalse(ledger.isOffered(id(192)));
    assertEquals(130, figures().offered());
  }

  /** L3, L9: dropped and superseded numbers are the edge's own news; the cloud must hear them. */
  @Test
  void keepsAnIncarnationUntilItsOwnFatesWereTold() {
    for (Fate own : List.of(Fate.DROPPED, Fate.SUPERSEDED)) {
      FrameLedger edge = new FrameLedger();
      edge.begin(FIRST, null);
      edge.numbered(frame(1, 10, 10));
      edge.placed(id(1), segment());
      edge.settle(FIRST, Lane.WINDOW, 1, 1, own);
      edge.seal(FIRST);
      edge.forgetSegment(1);
      edge.begin(SECOND, FIRST);

      restartOften(edge);
      assertEquals(FIRST, held(edge).getFirst());
      edge.confirmed(FIRST);
      assertFalse(held(edge).contains(FIRST), own.toString());
    }
  }

  /** What happened after hello was said was not told by it. */
  @Test
  void doesNotTakeOneAnswerForNewsThatCameAfterTheQuestion() {
    number(10);
    number(20);
    ledger.seal(FIRST);
    ledger.settle(FIRST, Lane.WINDOW, 1, 1, Fate.DROPPED);
    ledger.account();
    ledger.settle(FIRST, Lane.WINDOW, 2, 2, Fate.DROPPED);
    ledger.forgetSegment(1);
    restartOften(ledger);

    ledger.confirmed(FIRST);

    assertEquals(FIRST, held(ledger).getFirst());
  }

  /** As many incarnations as are remembered for nothing but what they had. */
  private static void restartOften(FrameLedger edge) {
    for (int i = 0; i < FrameLedger.REMEMBERED; i++) {
      Incarnation id = new Incarnation(100, i);
      edge.begin(id, FIRST);
      FrameId frame = edge.next(Lane.WINDOW).id();
      edge.numbered(new NewFrame(frame, 1, 100, 1, 1, Grain.FINE));
      edge.placed(frame, segment());
      edge.settle(id, Lane.WINDOW, 1, 1, Fate.COMMITTED);
      edge.seal(id);
    }
    edge.forgetSegments(segment -> true);
  }

  private static FrameId id(long number) {
    return new FrameId(FIRST, Lane.WINDOW, number);
  }

  private static NewFrame frame(long number, long readings, long total) {
    return new NewFrame(id(number), 1, 100, readings, total, Grain.FINE);
  }

  private static FramePlace segment() {
    return new FramePlace.InSegment(new LogPosition(1, 64, 100));
  }

  private void number(long readings) {
    FrameLedger.NextNumber next = ledger.next(Lane.WINDOW);
    long total = next.totalBefore() + readings;
    ledger.numbered(new NewFrame(next.id(), 1, 100, readings, total, Grain.FINE));
    ledger.placed(next.id(), segment());
  }

  private LaneFigures figures() {
    return Objects.requireNonNull(ledger.figures().get(Lane.WINDOW));
  }

  private List<FramePlace> places() {
    List<FramePlace> places = new ArrayList<>();
    ledger.pending(Lane.WINDOW, (inFile, home) -> true, frame -> places.add(frame.place()));
    return places;
  }

  private static List<Incarnation> held(FrameLedger ledger) {
    return ledger.account().stream().map(HeldIncarnation::id).toList();
  }
}
