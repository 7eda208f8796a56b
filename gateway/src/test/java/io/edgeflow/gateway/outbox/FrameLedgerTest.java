package io.edgeflow.gateway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.LaneFigures.Amount;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class FrameLedgerTest {
  private static final Incarnation FIRST = new Incarnation(1, 1);
  private static final Incarnation SECOND = new Incarnation(2, 2);

  private FrameLedger ledger = new FrameLedger();
  private long total;

  @BeforeEach
  void beginsAnIncarnation() {
    ledger.begin(FIRST, null);
  }

  @Test
  void announcesAFrameOnlyOnceItHasItsPlace() {
    FrameId id = number(10);

    assertNull(ledger.pending(id));
    ledger.placed(id, new FramePlace.InSegment(new LogPosition(1, 64, 100)));
    assertNotNull(ledger.pending(id));
  }

  @Test
  void countsFramesAndReadingsByFate() {
    number(10);
    number(20);
    number(30);
    number(40);

    settle(1, 2, Fate.COMMITTED);
    settle(3, 3, Fate.REFUSED);

    LaneFigures figures = figures();
    assertEquals(new Amount(4, 100), figures.framed());
    assertEquals(new Amount(2, 30), figures.delivered());
    assertEquals(new Amount(1, 30), figures.refused());
    assertEquals(new Amount(1, 40), figures.buffered());
  }

  @Test
  void keepsCommittedOverEveryLaterVerdict() {
    number(10);
    settle(1, 1, Fate.COMMITTED);

    assertFalse(settle(1, 1, Fate.SUPERSEDED));
    assertFalse(settle(1, 1, Fate.DROPPED));
    assertEquals(new Amount(1, 10), figures().delivered());
  }

  @Test
  void letsCommittedReplaceWhatCountsLess() {
    number(10);
    settle(1, 1, Fate.CONFLICT);

    assertTrue(settle(1, 1, Fate.COMMITTED));
    assertEquals(new Amount(0, 0), figures().conflict());
    assertEquals(new Amount(1, 10), figures().delivered());
  }

  @Test
  void ignoresVerdictsOnNumbersThatWereNeverGiven() {
    number(10);

    assertFalse(settle(2, Long.MAX_VALUE, Fate.COMMITTED));
    assertFalse(ledger.settle(SECOND, Lane.WINDOW, 1, 1, Fate.COMMITTED));
  }

  /** L2: numbers are counted by lane, so the same one is there in each. */
  @Test
  void settlesOnlyTheLaneThatAVerdictNames() {
    number(10);

    assertFalse(ledger.settle(FIRST, Lane.RAW, 1, 1, Fate.COMMITTED));
    assertEquals(new Amount(1, 10), figures().buffered());
  }

  /** L3: what hello did not tell yet, its answer did not confirm. */
  @Test
  void keepsAnIncarnationUntilItsLastFateIsConfirmed() {
    place(number(10));
    place(number(20));
    settle(1, 1, Fate.DROPPED);
    ledger.account();
    settle(2, 2, Fate.DROPPED);
    ledger.seal(FIRST);
    for (int i = 1; i <= FrameLedger.REMEMBERED; i++) {
      ledger.begin(new Incarnation(100, i), FIRST);
      settleAndSeal(new Incarnation(100, i));
    }

    ledger.confirmed(FIRST);
    assertTrue(held().contains(FIRST), "forgotten with a fate that the cloud never heard of");
    ledger.account();
    ledger.confirmed(FIRST);
    assertFalse(held().contains(FIRST), "more is remembered than can be");
  }

  @Test
  void sendsAgainWhatItHoldsAndTheCloudLacks() {
    place(number(10));
    place(number(20));
    settle(1, 2, Fate.COMMITTED);

    List<FrameId> lacking = ledger.heldButLacking(FIRST, Lane.WINDOW, number -> number == 1);

    assertEquals(List.of(new FrameId(FIRST, Lane.WINDOW, 2)), lacking);
    ledger.reopen(lacking.getFirst());
    assertEquals(new Amount(1, 20), figures().buffered());
    assertEquals(lacking, ledger.pending().stream().map(OutgoingFrame::id).toList());
  }

  @Test
  void namesWhatNeitherSideHasAnyMore() {
    place(number(10));
    place(number(20));
    settle(1, 2, Fate.COMMITTED);
    ledger.forgetSegment(7);

    List<FateRange> gone = ledger.goneAndLacking(FIRST, Lane.WINDOW, new RangeSet());
    assertEquals(List.of(new FateRange(1, 2, Fate.DROPPED, 30)), gone);
    ledger.drop(FIRST, Lane.WINDOW, gone.getFirst());
    assertEquals(new Amount(2, 30), figures().dropped());
    assertEquals(new Amount(0, 0), figures().delivered());
  }

  /** A database that was put back has the first part of a range, and perhaps some others. */
  @Test
  void namesThePartOfARangeThatNeitherSideHasAnyMore() {
    for (int i = 0; i < 10; i++) {
      place(number(10));
    }
    settle(1, 10, Fate.COMMITTED);
    ledger.forgetSegment(7);
    RangeSet known = RangeSet.of(1, 4);
    known.add(7);

    List<FateRange> gone = ledger.goneAndLacking(FIRST, Lane.WINDOW, known);
    gone.forEach(part -> ledger.drop(FIRST, Lane.WINDOW, part));

    assertEquals(
        List.of(new FateRange(5, 6, Fate.DROPPED, 20), new FateRange(8, 10, Fate.DROPPED, 30)),
        gone);
    assertEquals(new Amount(5, 50), figures().dropped());
    assertEquals(new Amount(5, 50), figures().delivered());
    assertEquals(
        List.of(
            new FateRange(1, 4, Fate.COMMITTED, 40),
            new FateRange(5, 6, Fate.DROPPED, 20),
            new FateRange(7, 7, Fate.COMMITTED, 10),
            new FateRange(8, 10, Fate.DROPPED, 30)),
        ledger.account().getFirst().lanes().getFirst().fates());
    assertEquals(List.of(), ledger.goneAndLacking(FIRST, Lane.WINDOW, known));
  }

  /** Whatever is lacking, however often: no frame and no reading leaves the account. */
  @RepeatedTest(20)
  void keepsTheSumsWhereRangesAreKnownInPart() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      place(number(random.nextInt(50)));
    }
    settle(1, 60, Fate.COMMITTED);
    ledger.forgetSegment(7);
    RangeSet known = RangeSet.of(1, 60);
    for (int i = 0; i < 12; i++) {
      long from = 1 + random.nextLong(60);
      known.remove(from, Math.min(60, from + random.nextInt(6)));
      for (FateRange part : ledger.goneAndLacking(FIRST, Lane.WINDOW, known)) {
        ledger.drop(FIRST, Lane.WINDOW, part);
      }
      ledger = copy(ledger);
      LaneFigures figures = figures();
      assertEquals(known.size(), figures.delivered().frames(), "seed " + seed);
      assertEquals(60 - known.size(), figures.dropped().frames(), "seed " + seed);
      assertEquals(
          total, figures.delivered().readings() + figures.dropped().readings(), "seed " + seed);
      assertTrue(figures.delivered().readings() >= 0, "seed " + seed);
    }
  }

  @Test
  void countsNumbersThatDamageTookAsDropped() {
    number(10);
    ledger.numbered(frame(new FrameId(FIRST, Lane.WINDOW, 4), 5, 10 + 33 + 5));

    assertEquals(new Amount(2, 33), figures().dropped());
    assertEquals(new Amount(2, 15), figures().buffered());
    assertEquals(48, ledger.next(Lane.WINDOW).totalBefore());
  }

  @Test
  void holdsASegmentWhileAFrameInItWaits() {
    place(number(10));
    place(number(20));
    settle(1, 1, Fate.COMMITTED);

    assertTrue(ledger.pendingIn(7));
    settle(2, 2, Fate.COMMITTED);
    assertFalse(ledger.pendingIn(7));
  }

  /** L3: or nobody would name what a database lacks that was put back behind them. */
  @Test
  void remembersTheNewestSettledIncarnationsWhenNothingOfThemIsHeld() throws IOException {
    settledIncarnations(FrameLedger.REMEMBERED);
    Incarnation last = new Incarnation(9, 9);
    ledger.begin(last, FIRST);
    ledger = copy(ledger);

    assertEquals(FrameLedger.REMEMBERED + 1, held().size());
    assertEquals(FIRST, held().getFirst());
    assertEquals(
        List.of(new FateRange(1, 1, Fate.COMMITTED, 10)),
        ledger.account().getFirst().lanes().getFirst().fates());
    assertEquals(
        List.of(new FateRange(1, 1, Fate.DROPPED, 10)),
        ledger.goneAndLacking(FIRST, Lane.WINDOW, new RangeSet()));
  }

  @Test
  void forgetsTheOldestOfTooManySettledIncarnations() {
    settledIncarnations(FrameLedger.REMEMBERED + 2);
    ledger.begin(new Incarnation(9, 9), FIRST);

    assertEquals(FrameLedger.REMEMBERED + 1, held().size());
    assertFalse(held().contains(FIRST));
    assertEquals(
        new Amount(FrameLedger.REMEMBERED + 2, 10L * (FrameLedger.REMEMBERED + 2)),
        figures().delivered());
  }

  /** Each may have been committed all the same, and is kept apart while that takes little room. */
  @Test
  void tellsOfAnyNumberThatWasGivenUpInBoundedRanges() throws IOException {
    int frames = 5 * FateRanges.MOST;
    giveUp(frames);

    List<FateRange> fates = ledger.account().getFirst().lanes().getFirst().fates();
    assertTrue(fates.size() <= FateRanges.MOST, fates.size() + " ranges");
    assertEquals(new Amount(frames, total), figures().dropped());
    assertEquals(total, fates.stream().mapToLong(FateRange::readings).sum());
    assertEquals(frames, fates.stream().mapToLong(range -> range.to() - range.from() + 1).sum());
    assertEquals(fates, copy(ledger).account().getFirst().lanes().getFirst().fates());
  }

  /**
   * Nobody knows what a part of a sum carried: too little would be named as given up if a verdict
   * took it out. The cloud, told of all, takes off what it has.
   */
  @Test
  void keepsWhatIsKnownInSumAsGivenUpUnlessAVerdictIsOnAllOfIt() {
    int frames = 5 * FateRanges.MOST;
    giveUp(frames);
    FateRange oldest = ledger.account().getFirst().lanes().getFirst().fates().getFirst();
    assertTrue(oldest.to() > oldest.from(), "not joined: " + oldest);

    assertFalse(settle(1, 1, Fate.COMMITTED));
    assertEquals(new Amount(frames, total), figures().dropped());
    assertTrue(settle(frames, frames, Fate.COMMITTED), "the newest are kept apart");
    assertTrue(settle(oldest.from(), oldest.to(), Fate.COMMITTED));

    long delivered = 1 + oldest.to() - oldest.from() + 1;
    assertEquals(delivered, figures().delivered().frames());
    assertEquals(frames - delivered, figures().dropped().frames());
    assertEquals(total, figures().delivered().readings() + figures().dropped().readings());
  }

  /** Frames that were offered, dropped one by one, and are gone. */
  private void giveUp(int frames) {
    for (int i = 1; i <= frames; i++) {
      FrameId id = number(1 + i % 7);
      place(id);
      ledger.offer(id);
      settle(i, i, Fate.DROPPED);
    }
    ledger.forgetSegment(7);
  }

  /** Where fates change from number to number, few incarnations fill what may be remembered. */
  @Test
  void remembersSettledIncarnationsInBoundedRanges() {
    int incarnations = 12;
    int frames = 2 * FateRanges.MOST;
    Incarnation id = FIRST;
    for (int i = 1; i <= incarnations; i++) {
      total = 0;
      for (int number = 1; number <= frames; number++) {
        place(number(1));
        ledger.settle(
            id, Lane.WINDOW, number, number, number % 2 == 0 ? Fate.REFUSED : Fate.COMMITTED);
      }
      ledger.seal(id);
      ledger.forgetSegment(7);
      id = new Incarnation(100, i);
      ledger.begin(id, FIRST);
    }

    long ranges =
        ledger.account().stream()
            .flatMap(held -> held.lanes().stream())
            .mapToLong(lane -> lane.fates().size())
            .sum();
    assertTrue(ranges <= FrameLedger.REMEMBERED_RANGES, ranges + " ranges");
    assertTrue(ranges > FrameLedger.REMEMBERED_RANGES / 2, "far fewer than can be: " + ranges);
    assertFalse(held().contains(FIRST), "the oldest stays");
    long half = (long) incarnations * frames / 2;
    assertEquals(new Amount(half, half), figures().delivered());
    assertEquals(new Amount(half, half), figures().refused());
  }

  /** As many, each with one delivered frame; the first is that of every test. */
  private void settledIncarnations(int many) {
    Incarnation id = FIRST;
    for (int i = 1; i <= many; i++) {
      settleAndSeal(id);
      id = new Incarnation(100, i);
      if (i < many) {
        ledger.begin(id, FIRST);
      }
    }
  }

  private void settleAndSeal(Incarnation id) {
    total = 0;
    place(number(10));
    ledger.settle(id, Lane.WINDOW, 1, 1, Fate.COMMITTED);
    ledger.seal(id);
    ledger.forgetSegment(7);
  }

  @Test
  void keepsTheParentsNameWhenTheParentIsForgotten() throws IOException {
    ledger.seal(FIRST);
    ledger.begin(SECOND, FIRST);
    ledger.seal(SECOND);
    ledger.begin(new Incarnation(3, 3), SECOND);
    ledger.seal(new Incarnation(3, 3));

    assertEquals(new Incarnation(3, 3), copy(ledger).newest());
  }

  @Test
  void offersNumbersInAlignedBlocks() {
    for (int i = 0; i < 70; i++) {
      number(1);
    }
    ledger.offer(new FrameId(FIRST, Lane.WINDOW, 5));

    assertTrue(ledger.isOffered(new FrameId(FIRST, Lane.WINDOW, 63)));
    assertFalse(ledger.isOffered(new FrameId(FIRST, Lane.WINDOW, 64)));
    assertEquals(63, figures().offered());
  }

  /**
   * Random histories against a map of every number's fate, with a checkpoint at every tenth step.
   */
  @RepeatedTest(20)
  void agreesWithANaiveModel() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Long, Fate> model = new HashMap<>();
    for (int step = 0; step < 300; step++) {
      if (random.nextInt(3) > 0 || ledger.next(Lane.WINDOW).id().number() == 1) {
        place(number(random.nextInt(50)));
      } else {
        settleRandomly(random, model);
      }
      if (step % 10 == 0) {
        ledger = copy(ledger);
      }
      assertAgrees(model, "seed " + seed + " step " + step);
    }
  }

  private void settleRandomly(Random random, Map<Long, Fate> model) {
    long highest = ledger.next(Lane.WINDOW).id().number() - 1;
    long from = 1 + random.nextLong(highest);
    long to = Math.min(highest, from + random.nextInt(5));
    Fate fate = FateCode.fate(random.nextInt(FateCode.COUNT));
    settle(from, to, fate);
    for (long number = from; number <= to; number++) {
      model.merge(number, fate, (a, b) -> FateCode.of(a) <= FateCode.of(b) ? a : b);
    }
  }

  private void assertAgrees(Map<Long, Fate> model, String where) {
    Map<Long, Fate> told = new HashMap<>();
    long readings = 0;
    for (HeldIncarnation incarnation : ledger.account()) {
      for (FateRange range : incarnation.lanes().getFirst().fates()) {
        readings += range.readings();
        for (long number = range.from(); number <= range.to(); number++) {
          told.put(number, range.fate());
        }
      }
    }
    assertEquals(model, told, where);
    LaneFigures figures = figures();
    assertEquals(figures.framed().readings() - figures.buffered().readings(), readings, where);
    assertEquals(figures.framed().frames() - figures.buffered().frames(), model.size(), where);
  }

  private FrameId number(long readings) {
    FrameId id = ledger.next(Lane.WINDOW).id();
    total += readings;
    ledger.numbered(frame(id, readings, total));
    return id;
  }

  private static NewFrame frame(FrameId id, long readings, long runningTotal) {
    return new NewFrame(id, 1, 100, readings, runningTotal, Grain.FIXED);
  }

  private void place(FrameId id) {
    ledger.placed(id, new FramePlace.InSegment(new LogPosition(7, id.number() * 100, 100)));
  }

  private boolean settle(long from, long to, Fate fate) {
    return ledger.settle(FIRST, Lane.WINDOW, from, to, fate);
  }

  private LaneFigures figures() {
    return java.util.Objects.requireNonNull(ledger.figures().get(Lane.WINDOW));
  }

  private List<Incarnation> held() {
    return ledger.account().stream().map(HeldIncarnation::id).toList();
  }

  private static FrameLedger copy(FrameLedger ledger) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ledger.write(new DataOutputStream(bytes));
    return FrameLedger.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
