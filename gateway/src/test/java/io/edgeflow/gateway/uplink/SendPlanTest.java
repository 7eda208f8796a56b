package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One event at a time. */
final class SendPlanTest {
  private static final long RESEND = UplinkSettings.DEFAULTS.resendAfter().toNanos();

  private long now = 1_000;
  private final SendPlan plan = new SendPlan(UplinkSettings.DEFAULTS, new Random(1), now);
  private final WaitingFrames waiting = new WaitingFrames();
  private final List<Action> done = new ArrayList<>();

  @Test
  void connectsAtOnceAndGreetsWhenOpened() {
    assertEquals(List.of(new Action.Connect(1)), plan.tick(now));
    assertEquals(List.of(new Action.Greet(1, 1)), plan.opened(1, now));
    assertEquals(UplinkState.GREETING, plan.status().state());
  }

  @Test
  void sendsNothingBeforeEveryPageIsAnswered() {
    plan.tick(now);
    plan.opened(1, now);
    perform(plan.greeted(1, 2, now));
    perform(plan.frame(Sample.frame(Lane.WINDOW, 1, 100), now));
    perform(plan.acknowledged(1, Sample.answer(), now));
    assertEquals(List.of(), sent());
    perform(plan.acknowledged(1, Sample.answer(), now));
    assertEquals(List.of("window 1"), sent());
  }

  @Test
  void journalsABlockAsOfferedBeforeItsFirstFrameGoes() {
    establish();
    List<Action> actions = plan.frame(Sample.frame(Lane.WINDOW, 5, 100), now);
    assertEquals(List.of(new Action.Offer(Sample.frame(Lane.WINDOW, 5, 1).id())), actions);
    perform(plan.frame(Sample.frame(Lane.WINDOW, 6, 100), now));
    assertEquals(List.of(), sent());
    plan.offered(Sample.frame(Lane.WINDOW, 5, 1).id(), now).forEach(done::add);
    assertEquals(List.of("window 5", "window 6"), sent());
  }

  @Test
  void sendsTheMoreUrgentLaneFirst() {
    waiting.add(Sample.frame(Lane.RAW, 1, 100));
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    waiting.add(Sample.frame(Lane.EVENT, 1, 100));
    establish();
    assertEquals(List.of("event 1", "window 1", "raw 1"), sent());
  }

  @Test
  void namesTheLiveFrameThatWaitsLongest() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    assertEquals(UplinkStatus.NONE, plan.status().oldestLive(), "the backlog is not live");
    perform(plan.frame(Sample.frame(Lane.WINDOW, 2, 100), now));
    long first = plan.status().oldestLive();
    assertTrue(first != UplinkStatus.NONE);
    perform(plan.frame(Sample.frame(Lane.WINDOW, 3, 100), now));
    assertEquals(first, plan.status().oldestLive());
    acknowledge(Sample.verdict(Lane.WINDOW, 2, 2, Verdict.COMMITTED));
    long second = plan.status().oldestLive();
    assertTrue(second != UplinkStatus.NONE && second != first);
    acknowledge(Sample.verdict(Lane.WINDOW, 3, 3, Verdict.LATER));
    assertEquals(UplinkStatus.NONE, plan.status().oldestLive(), "the cloud asked for patience");
  }

  @Test
  void countsNoFrameAsLiveOnceTheLinkIsLost() {
    establish();
    perform(plan.frame(Sample.frame(Lane.WINDOW, 1, 100), now));
    perform(plan.closed(1, "cut", now));
    assertEquals(UplinkStatus.NONE, plan.status().oldestLive());
  }

  @Test
  void keepsUnacknowledgedBytesWithinTheCredit() {
    for (int i = 1; i <= 30; i++) {
      waiting.add(Sample.frame(Lane.WINDOW, i, 1000));
    }
    establish();
    assertTrue(plan.status().inFlightBytes() <= Sample.CREDIT);
    int before = sent().size();
    acknowledge(Sample.verdict(Lane.WINDOW, 1, 3, Verdict.COMMITTED));
    assertEquals(before + 3, sent().size());
  }

  @Test
  void leavesRoomForALiveFrameWhileTheBacklogDrains() {
    for (int i = 1; i <= 30; i++) {
      waiting.add(Sample.frame(Lane.WINDOW, i, 1000));
    }
    establish();
    perform(plan.frame(Sample.frame(Lane.WINDOW, 31, 1000), now));
    assertTrue(sent().contains("window 31"), () -> sent().toString());
  }

  @Test
  void givesTheBacklogItsShareWhileLiveFramesKeepComing() {
    for (int i = 1; i <= 1000; i++) {
      waiting.add(Sample.frame(Lane.RAW, i, 1000));
    }
    establish();
    acknowledge(Sample.verdict(Lane.RAW, 1, 1000, Verdict.LATER));
    done.clear();
    int live = 1;
    for (int round = 0; round < 400; round++) {
      perform(plan.frame(Sample.frame(Lane.WINDOW, live++, 1000), now));
      perform(plan.frame(Sample.frame(Lane.WINDOW, live++, 1000), now));
      for (String name : sent().subList(Math.max(0, sent().size() - 4), sent().size())) {
        String[] words = name.split(" ");
        long number = Long.parseLong(words[1]);
        Lane lane = Lane.ofWord(words[0]).orElseThrow();
        acknowledge(Sample.verdict(lane, number, number, Verdict.COMMITTED));
      }
    }
    long backlog = sent().stream().filter(name -> name.startsWith("raw")).count();
    assertTrue(backlog * 4 >= sent().size() - 8, () -> backlog + " of " + sent().size());
  }

  @Test
  void sendsOneFramePerIntervalWithoutCredit() {
    for (int i = 1; i <= 5; i++) {
      waiting.add(Sample.frame(Lane.WINDOW, i, 100));
    }
    plan.tick(now);
    plan.opened(1, now);
    perform(plan.greeted(1, 1, now));
    perform(
        plan.acknowledged(1, new Acknowledgement(true, Sample.DATABASE, 0, 0, 1, List.of()), now));
    perform(plan.hurry(now));
    assertEquals(List.of("window 1"), sent());
    for (int interval = 0; interval < 9; interval++) {
      assertTrue(plan.waitNanos(now) <= RESEND);
      now += RESEND;
      perform(plan.tick(now));
    }
    assertEquals(10, sent().size(), () -> sent().toString());
    assertEquals(5, Set.copyOf(sent()).size(), () -> sent().toString());
  }

  @Test
  void sendsAgainWhatGotNoVerdictInTime() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    assertEquals(RESEND, plan.waitNanos(now));
    now += RESEND - 1;
    perform(plan.tick(now));
    assertEquals(1, sent().size());
    now += 1;
    perform(plan.tick(now));
    assertEquals(List.of("window 1", "window 1"), sent());
    assertEquals(1, plan.status().counts().resent());
    assertEquals(100, plan.status().inFlightBytes());
  }

  /** L4: a cloud that is slow with its verdicts is not helped by the same bytes again. */
  @Test
  void waitsLongerWithEachSending() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    for (int sending = 1; sending <= 3; sending++) {
      now += (RESEND << (sending - 1)) - 1;
      perform(plan.tick(now));
      assertEquals(sending, sent().size());
      now += 1;
      perform(plan.tick(now));
      assertEquals(sending + 1, sent().size());
    }
  }

  /** L4: the answer knows nothing of what is under way. */
  @Test
  void sendsAgainAfterAHelloOnALivingLink() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    perform(
        plan.acknowledged(1, Sample.verdict(5000, "8/2", Lane.RAW, 9, 9, Verdict.COMMITTED), now));
    perform(plan.greeted(2, 1, now));
    perform(plan.acknowledged(1, Sample.answer(), now));
    perform(plan.hurry(now));
    assertEquals(List.of("window 1", "window 1"), sent());
  }

  /** L2, L3: an answer to an earlier hello tells of a state that this connection need not share. */
  @Test
  void ignoresWhatAnEarlierConnectionHears() {
    establish();
    perform(plan.closed(1, "cut", now));
    now += plan.waitNanos(now);
    plan.tick(now);
    plan.opened(2, now);
    plan.greeted(2, 1, now);
    assertEquals(List.of(), plan.acknowledged(1, Sample.answer(), now));
    assertEquals(UplinkState.GREETING, plan.status().state());
  }

  @Test
  void forgetsAFrameAtAnyLastVerdict() {
    Verdict[] verdicts = Verdict.values();
    for (int number = 1; number <= verdicts.length; number++) {
      waiting.add(Sample.frame(Lane.WINDOW, number, 100));
    }
    establish();
    for (int number = 1; number <= verdicts.length; number++) {
      acknowledge(Sample.verdict(Lane.WINDOW, number, number, verdicts[number - 1]));
    }
    assertEquals(1, plan.status().heldFrames());
    assertEquals(0, plan.status().inFlightBytes());
  }

  @Test
  void letsTheLaneGoOnWhileAFrameThatWasPutOffRests() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    waiting.add(Sample.frame(Lane.WINDOW, 2, 100));
    establish();
    acknowledge(Sample.verdict(Lane.WINDOW, 1, 1, Verdict.LATER));
    acknowledge(Sample.verdict(Lane.WINDOW, 2, 2, Verdict.COMMITTED));
    assertEquals(1, plan.status().heldFrames());
    assertEquals(2, sent().size());
    now += plan.waitNanos(now);
    perform(plan.tick(now));
    assertEquals(List.of("window 1", "window 2", "window 1"), sent());
  }

  @Test
  void ignoresVerdictsOnWhatItDoesNotHave() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    acknowledge(Sample.verdict(Lane.RAW, 1, Long.MAX_VALUE - 1, Verdict.COMMITTED));
    assertEquals(1, plan.status().heldFrames());
    assertEquals(1, plan.status().counts().ignored());
  }

  @Test
  void greetsAgainWhenTheDatabaseChanged() {
    establish();
    List<Action> actions =
        plan.acknowledged(
            1, Sample.verdict(5000, "8/2", Lane.WINDOW, 9, 9, Verdict.COMMITTED), now);
    assertTrue(actions.contains(new Action.Greet(1, 2)), actions::toString);
    assertEquals("8/2", plan.status().database());
  }

  @Test
  void sendsWhatWasBeingOfferedWhenTheDatabaseChanged() {
    establish();
    plan.frame(Sample.frame(Lane.WINDOW, 1, 100), now);
    perform(
        plan.acknowledged(1, Sample.verdict(5000, "8/2", Lane.RAW, 9, 9, Verdict.COMMITTED), now));
    perform(plan.offered(Sample.frame(Lane.WINDOW, 1, 1).id(), now));
    perform(plan.greeted(2, 1, now));
    perform(plan.acknowledged(1, Sample.answer(), now));
    assertEquals(List.of("window 1"), sent());
  }

  @Test
  void greetsAgainWithoutAnswer() {
    plan.tick(now);
    plan.opened(1, now);
    plan.greeted(1, 1, now);
    now += plan.waitNanos(now);
    assertEquals(List.of(new Action.Greet(1, 2)), plan.tick(now));
  }

  @Test
  void sendsWhatWasUnderWayAgainOverTheNextConnection() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    perform(plan.closed(1, "cut", now));
    assertEquals(UplinkState.WAITING, plan.status().state());
    assertEquals(0, plan.status().inFlightBytes());
    now += plan.waitNanos(now);
    assertEquals(List.of(new Action.Connect(2)), plan.tick(now));
    plan.opened(2, now);
    plan.greeted(2, 1, now);
    perform(plan.acknowledged(2, Sample.answer(), now));
    perform(plan.hurry(now));
    assertEquals(List.of("window 1", "window 1"), sent());
  }

  @Test
  void settlesAndReconcilesWhatAFullAnswerSays() {
    establish();
    assertTrue(done.contains(new Action.Settle(Sample.answer())));
    assertTrue(done.contains(new Action.Reconcile(Sample.answer())));
  }

  @Test
  void takesNoNoticeOfAnAttemptThatIsOver() {
    establish();
    assertEquals(List.of(), plan.closed(0, "late", now));
    assertEquals(UplinkState.SENDING, plan.status().state());
    perform(plan.closed(1, "cut", now));
    assertEquals(List.of(), plan.acknowledged(1, Sample.answer(), now));
  }

  @Test
  void givesUpAnAttemptThatTakesTooLong() {
    plan.tick(now);
    now += plan.waitNanos(now);
    assertEquals(List.of(new Action.Disconnect(1)), plan.tick(now));
    assertEquals(UplinkState.WAITING, plan.status().state());
  }

  @Test
  void opensTheBreakerAfterThreeFailuresAndClosesItWithAnAnswer() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertEquals(BreakerState.CLOSED, plan.status().breaker());
      now += plan.waitNanos(now);
      plan.tick(now);
      plan.closed(attempt, "refused", now);
    }
    assertEquals(BreakerState.OPEN, plan.status().breaker());
    now += plan.waitNanos(now);
    plan.tick(now);
    assertEquals(BreakerState.HALF_OPEN, plan.status().breaker());
    plan.opened(4, now);
    plan.greeted(1, 1, now);
    assertEquals(BreakerState.HALF_OPEN, plan.status().breaker());
    plan.acknowledged(4, Sample.answer(), now);
    assertEquals(BreakerState.CLOSED, plan.status().breaker());
  }

  /** A broker without a cloud behind it is no uplink: three hellos that nobody answers open it. */
  @Test
  void countsHellosThatNobodyAnswers() {
    leaveThreeHellosUnanswered();
    assertEquals(BreakerState.OPEN, plan.status().breaker());
    assertEquals(UplinkState.WAITING, plan.status().state());
    assertEquals("nobody answered hello", plan.status().lastError());
  }

  private void leaveThreeHellosUnanswered() {
    plan.tick(now);
    plan.opened(1, now);
    for (int hello = 1; hello <= 2; hello++) {
      plan.greeted(hello, 1, now);
      now += plan.waitNanos(now);
      assertEquals(List.of(new Action.Greet(1, hello + 1)), plan.tick(now));
      assertEquals(BreakerState.CLOSED, plan.status().breaker());
      assertEquals(hello, plan.status().failures());
    }
    plan.greeted(3, 1, now);
    now += plan.waitNanos(now);
    assertEquals(List.of(new Action.Disconnect(1)), plan.tick(now));
  }

  /** Half-open means one connection with one hello; only an answer closes it. */
  @Test
  void triesOnceWhileItIsHalfOpen() {
    leaveThreeHellosUnanswered();
    for (int attempt = 2; attempt <= 4; attempt++) {
      now += plan.waitNanos(now);
      assertEquals(List.of(new Action.Connect(attempt)), plan.tick(now));
      assertEquals(BreakerState.HALF_OPEN, plan.status().breaker());
      assertEquals(1, plan.opened(attempt, now).size());
      now += plan.waitNanos(now);
      assertEquals(List.of(new Action.Disconnect(attempt)), plan.tick(now));
      assertEquals(BreakerState.OPEN, plan.status().breaker());
    }
    now += plan.waitNanos(now);
    plan.tick(now);
    plan.opened(5, now);
    plan.greeted(7, 1, now);
    plan.acknowledged(5, Sample.answer(), now);
    assertEquals(BreakerState.CLOSED, plan.status().breaker());
    assertEquals(0, plan.status().failures());
  }

  @Test
  void restsAFrameThatCannotBeRead() {
    waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    establish();
    perform(plan.unreadable(Sample.frame(Lane.WINDOW, 1, 1).id(), now));
    assertEquals(0, plan.status().inFlightFrames());
    assertTrue(plan.waitNanos(now) <= TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void doesNothingAfterItWasStopped() {
    establish();
    assertEquals(List.of(new Action.Disconnect(1)), plan.stop(now));
    assertEquals(List.of(), plan.frame(Sample.frame(Lane.WINDOW, 1, 100), now));
    assertEquals(Long.MAX_VALUE, plan.waitNanos(now));
    assertFalse(plan.status().state() == UplinkState.SENDING);
  }

  private void establish() {
    plan.tick(now);
    plan.opened(1, now);
    perform(plan.greeted(1, 1, now));
    perform(plan.acknowledged(1, Sample.answer(), now));
    assertEquals(UplinkState.SENDING, plan.status().state());
    perform(plan.hurry(now));
  }

  private void acknowledge(Acknowledgement ack) {
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.ranges()) {
          if (range.verdict() != Verdict.LATER) {
            waiting.remove(lane.lane(), range.from(), range.to());
          }
        }
      }
    }
    perform(plan.acknowledged(1, ack, now));
  }

  /** Notes what was done; offers succeed at once. */
  private void perform(List<Action> actions) {
    for (Action action : actions) {
      done.add(action);
      if (action instanceof Action.Offer offer) {
        perform(plan.offered(offer.frame(), now));
      }
      if (action instanceof Action.Page(PageRequest request, long generation)) {
        perform(plan.page(request.lane(), generation, waiting.page(request), now));
      }
    }
  }

  private List<String> sent() {
    return done.stream()
        .filter(Action.Send.class::isInstance)
        .map(Action.Send.class::cast)
        .map(Action.Send::frame)
        .map(SendPlanTest::name)
        .toList();
  }

  private static String name(OutgoingFrame frame) {
    return frame.id().lane().word() + " " + frame.id().number();
  }
}
