package io.edgeflow.cloud.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.ledger.LaneAccount.Totals;
import io.edgeflow.cloud.ledger.Numbers.Range;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One test per fate and what may follow it (L3, L6, L7). */
final class LaneAccountTest {
  private static final Incarnation COARSE = new Incarnation(1, 2);

  /** Only number 9, of 50 readings, is young enough to be remembered. */
  private static final LaneAccount.ReadingsOf OLD =
      (ledger, numbers) ->
          numbers.equals(Numbers.of(new Range(9, 9))) ? Optional.of(50L) : Optional.empty();

  private final LaneAccount account = new LaneAccount(1, new Numbers(), Totals.NONE, List.of());

  @Test
  void settlesWhatItCommits() {
    account.seen(3, 30);
    account.commit(3, 10);
    assertEquals(Optional.of(Verdict.COMMITTED), account.verdict(3));
    assertEquals(new Totals(1, 10, 3, 30, 0), account.totals());
    assertEquals(Numbers.of(new Range(1, 2)), account.missing());
  }

  @Test
  void takesNoStepBackWhenOldNumbersAreSeen() {
    account.seen(9, 90);
    account.seen(3, 30);
    assertEquals(90, account.totals().runningTotal());
  }

  @Test
  void recordsWhatTheEdgeGaveUp() {
    announce(9, 90, new FateRange(2, 4, Fate.DROPPED, 30));
    assertEquals("dropped {[2,5)} 30", fates());
    assertEquals(Optional.empty(), account.verdict(3));
    assertEquals(6, account.missing().size());
  }

  @Test
  void welcomesADroppedFrameThatComesAfterAll() {
    announce(9, 90, new FateRange(2, 4, Fate.DROPPED, 30));
    account.commit(3, 12);
    assertEquals("dropped {[2,3),[4,5)} 18", fates());
    assertEquals(Optional.of(Verdict.COMMITTED), account.verdict(3));
  }

  @Test
  void callsLostWhatTheEdgeThinksCommittedAndFindsItAgain() {
    announce(4, 40, new FateRange(1, 4, Fate.COMMITTED, 40));
    assertEquals("lost {[1,5)} 40", fates());
    for (int number = 1; number <= 4; number++) {
      assertEquals(Optional.empty(), account.verdict(number));
      account.commit(number, 10);
    }
    assertEquals("", fates());
    assertTrue(account.changedFates().getFirst().numbers().isEmpty());
  }

  /** What is committed and no longer remembered one by one counts by its part of the claim. */
  @Test
  void takesItsShareOffAClaimThatCoversWhatItHas() {
    account.seen(5, 50);
    for (int number : new int[] {1, 2, 5}) {
      account.commit(number, 10);
    }
    announce(5, 50, new FateRange(1, 4, Fate.COMMITTED, 40));
    assertEquals("lost {[3,5)} 20", fates());
  }

  @Test
  void callsLostOnlyTheTailThatARestoredDatabaseLacks() {
    account.seen(8, 80);
    for (int number = 1; number <= 8; number++) {
      account.commit(number, 10);
    }
    announce(10, 105, new FateRange(1, 10, Fate.COMMITTED, 105));
    assertEquals("lost {[9,11)} 25", fates());
  }

  @Test
  void asksForTheReadingsOfWhatWasSettledInARange() {
    account.commit(1, 1);
    account.commit(5, 10);
    HeldLane lane =
        new HeldLane(Lane.WINDOW, 6, 70, List.of(new FateRange(4, 6, Fate.DROPPED, 60)));
    account.announced(lane, (ledger, numbers) -> Optional.of(10L));
    assertEquals("dropped {[4,5),[6,7)} 50", fates());
  }

  @Test
  void learnsNothingFromTheSameHelloTwice() {
    FateRange[] claims = {
      new FateRange(1, 2, Fate.COMMITTED, 20),
      new FateRange(3, 4, Fate.DROPPED, 20),
      new FateRange(5, 5, Fate.REFUSED, 10)
    };
    announce(9, 90, claims);
    String once = fates();
    announce(9, 90, claims);
    assertEquals(once, fates());
    assertEquals("refused {[5,6)} 10, dropped {[3,5)} 20, lost {[1,3)} 20", once);
  }

  @Test
  void keepsTheStrongerFate() {
    account.refuse(2, 10, "data");
    announce(9, 90, new FateRange(1, 3, Fate.DROPPED, 30));
    assertEquals(Optional.of(Verdict.REFUSED), account.verdict(2));
    assertEquals("refused {[2,3)} 10, dropped {[1,2),[3,4)} 20", fates());
  }

  @Test
  void letsAStrongerClaimTakeOver() {
    announce(9, 90, new FateRange(1, 3, Fate.DROPPED, 30));
    announce(9, 90, new FateRange(1, 3, Fate.SUPERSEDED, 30));
    assertEquals("superseded {[1,4)} 30", fates());
  }

  /** What the edge then calls dropped is what nobody holds any more: it stays lost, by name. */
  @Test
  void keepsLostWhatTheEdgeCannotSendAgain() {
    announce(9, 90, new FateRange(1, 3, Fate.COMMITTED, 30));
    account.commit(2, 7);
    announce(9, 90, new FateRange(1, 1, Fate.DROPPED, 10), new FateRange(3, 3, Fate.DROPPED, 13));
    assertEquals("lost {[1,2),[3,4)} 23", fates());
  }

  @Test
  void neverUndoesWhatIsCommitted() {
    account.commit(2, 10);
    announce(3, 30, new FateRange(2, 2, Fate.DROPPED, 10));
    assertEquals(Optional.of(Verdict.COMMITTED), account.verdict(2));
    assertEquals("", fates());
  }

  @Test
  void supersedesOnlyWhatIsNotCommitted() {
    account.commit(2, 10);
    assertEquals(Optional.of("replaces-committed"), account.obstacle(new Range(1, 3), COARSE));
    assertEquals(Optional.empty(), account.obstacle(new Range(3, 4), COARSE));
    supersede(3, 4, 20);
    assertEquals(Optional.of(Verdict.SUPERSEDED), account.verdict(4));
  }

  @Test
  void letsCoarseFramesShareWhatTheyReplace() {
    supersede(3, 4, 20);
    assertEquals(Optional.empty(), account.obstacle(new Range(3, 4), COARSE));
    supersede(3, 4, 5);
    assertEquals("superseded {[3,5)} 25", fates());
  }

  /** A copy of the directory coarsens the same frames under another name (J4, L7). */
  @Test
  void letsOnlyOneIncarnationReplaceAFrame() {
    supersede(3, 4, 20);
    Incarnation copy = new Incarnation(7, 7);
    assertEquals(Optional.of("replaces-superseded"), account.obstacle(new Range(4, 9), copy));
    assertEquals(Optional.empty(), account.obstacle(new Range(5, 9), copy));
    announce(9, 90, new FateRange(3, 4, Fate.SUPERSEDED, 20));
    assertEquals(Optional.of("replaces-superseded"), account.obstacle(new Range(4, 9), copy));
  }

  @Test
  void believesTheEdgeHowManyReadingsSupersededFramesCarry() {
    announce(
        9, 90, new FateRange(3, 4, Fate.SUPERSEDED, 20), new FateRange(6, 6, Fate.SUPERSEDED, 10));
    assertEquals(20, supersede(3, 4, 15));
    assertEquals("superseded {[6,7)} 10, superseded {[3,5)} 20", fates());
    assertEquals(0, supersede(3, 4, 5));
    assertEquals("superseded {[6,7)} 10, superseded {[3,5)} 20", fates());
  }

  @Test
  void learnsFromTheNextHelloHowManyReadingsSupersededFramesCarried() {
    supersede(3, 4, 15);
    supersede(7, 8, 3);
    announce(
        9, 90, new FateRange(3, 4, Fate.SUPERSEDED, 20), new FateRange(7, 8, Fate.SUPERSEDED, 3));
    assertEquals("superseded {[3,5),[7,9)} 23", fates());
    assertFalse(account.isUntold(new Range(3, 8), COARSE));
  }

  @Test
  void takesWhatItKnowsExactlyOffAClaimThatCoversMore() {
    account.seen(9, 90);
    account.commit(1, 3);
    account.refuse(2, 4, "data");
    account.commit(9, 50);
    announce(9, 90, new FateRange(1, 5, Fate.COMMITTED, 20));
    assertEquals("refused {[2,3)} 4, lost {[3,6)} 13", fates());
  }

  @Test
  void tellsTheEdgeVerdictsInOrderAndNothingOfWhatItShouldSend() {
    account.commit(1, 1);
    account.commit(2, 1);
    account.refuse(3, 1, "data");
    announce(9, 90, new FateRange(4, 5, Fate.COMMITTED, 2), new FateRange(6, 6, Fate.DROPPED, 1));
    account.commit(7, 1);
    assertEquals(
        List.of(
            new VerdictRange(1, 2, Verdict.COMMITTED, ""),
            new VerdictRange(3, 3, Verdict.REFUSED, "data"),
            new VerdictRange(7, 7, Verdict.COMMITTED, "")),
        account.verdicts(new Numbers()));
    assertEquals(
        List.of(
            new VerdictRange(1, 1, Verdict.COMMITTED, ""),
            new VerdictRange(7, 7, Verdict.COMMITTED, "")),
        account.verdicts(Numbers.of(new Range(2, 3))));
  }

  @Test
  void isUnchangedByWhatItKnew() {
    assertFalse(account.changed());
    announce(0, 0);
    assertFalse(account.changed());
    assertEquals(List.of(), account.changedFates());
  }

  private void announce(long highest, long total, FateRange... fates) {
    account.announced(new HeldLane(Lane.WINDOW, highest, total, Arrays.asList(fates)), OLD);
  }

  /** As a coarse frame does that carries so many readings. */
  private long supersede(long from, long to, long readings) {
    long told = account.supersede(new Range(from, to), COARSE);
    if (account.isUntold(new Range(from, to), COARSE)) {
      account.superseded(COARSE, readings - told);
    }
    return told;
  }

  private String fates() {
    return account.fates().stream()
        .map(entry -> entry.key().fate().word() + " " + entry.numbers() + " " + entry.readings())
        .collect(Collectors.joining(", "));
  }
}
