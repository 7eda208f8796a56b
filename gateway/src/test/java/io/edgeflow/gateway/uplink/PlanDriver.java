package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A plan whose actions are done at once: offers succeed, pages are read, frames noted. */
final class PlanDriver {
  final WaitingFrames waiting = new WaitingFrames();
  final SendPlan plan;
  long now = 1_000;
  private final List<OutgoingFrame> sent = new ArrayList<>();
  private int committed;
  private long attempt;

  PlanDriver(BacklogOrder order, Duration drainJitter) {
    UplinkSettings settings = UplinkSettings.DEFAULTS.withBacklog(order, 4, drainJitter);
    plan = new SendPlan(settings, new Random(1), now);
  }

  void establish() {
    establish(Sample.answer());
  }

  void establish(Acknowledgement answer) {
    perform(plan.tick(now));
    greet(1, answer);
  }

  /** After the link was lost. */
  void reconnect(long attempt) {
    now += plan.waitNanos(now);
    assertEquals(List.of(new Action.Connect(attempt)), plan.tick(now));
    greet(attempt, Sample.answer());
  }

  private void greet(long opened, Acknowledgement answer) {
    attempt = opened;
    perform(plan.opened(opened, now));
    perform(plan.greeted(opened, 1, now));
    perform(plan.acknowledged(opened, answer, now));
    assertEquals(UplinkState.SENDING, plan.status().state());
  }

  /** The owner numbered a frame. */
  void number(OutgoingFrame frame) {
    waiting.add(frame);
    perform(plan.frame(frame, now));
  }

  void acknowledge(Acknowledgement ack) {
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.ranges()) {
          if (range.verdict() != Verdict.LATER) {
            waiting.remove(lane.lane(), range.from(), range.to());
          }
        }
      }
    }
    perform(plan.acknowledged(attempt, ack, now));
  }

  /** The cloud commits one frame after another, in the order in which they were sent. */
  void commitEverything() {
    while (committed < sent.size()) {
      OutgoingFrame frame = sent.get(committed++);
      long number = frame.id().number();
      acknowledge(Sample.verdict(frame.id().lane(), number, number, Verdict.COMMITTED));
    }
  }

  void perform(List<Action> actions) {
    Deque<Action> todo = new ArrayDeque<>(actions);
    while (!todo.isEmpty()) {
      switch (todo.remove()) {
        case Action.Offer offer -> todo.addAll(plan.offered(offer.frame(), now));
        case Action.Page(PageRequest request, long generation) ->
            todo.addAll(plan.page(request.lane(), generation, waiting.page(request), now));
        case Action.Send send -> sent.add(send.frame());
        case Action.Connect _,
            Action.Disconnect _,
            Action.Greet _,
            Action.Settle _,
            Action.Reconcile _ -> {
          // Noted by nobody.
        }
      }
    }
  }

  /** What was sent, in order: {@code window 3}. */
  List<String> sent() {
    return sent.stream()
        .map(frame -> frame.id().lane().word() + " " + frame.id().number())
        .toList();
  }
}
