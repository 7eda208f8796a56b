package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * Many edges and one cloud in simulated time: the cloud answers hellos one after another, commits a
 * limited number of bytes a second, and shares the bytes that it lets be under way among its edges.
 */
final class Fleet {
  static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final long HELLO_NANOS = MILLI;
  private static final long BYTES_PER_SECOND = 40_000_000;
  static final int FRAME_BYTES = 30_000;

  private record Event(long at, long order, Runnable what) {}

  final List<Edge> edges = new ArrayList<>();
  final Tally connects = new Tally();
  final Tally hellos = new Tally();
  long creditOfAll;
  long inFlight;
  long mostInFlight;
  long sends;
  boolean up = true;
  long now;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Random random;
  private long order;
  private long helloDeskFree;
  private long writerFree;

  /** How often something happened, second by second. */
  static final class Tally {
    private final TreeMap<Long, Integer> seconds = new TreeMap<>();
    int total;

    void count(long nanos) {
      total++;
      seconds.merge(nanos / SECOND, 1, Integer::sum);
    }

    int peak() {
      return seconds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    void reset() {
      seconds.clear();
      total = 0;
    }
  }

  final class Edge {
    final SendPlan plan;
    final WaitingFrames waiting = new WaitingFrames();
    private long wake;
    private long linked;
    private long frames;
    int sends;

    Edge(Duration drainJitter) {
      UplinkSettings settings =
          UplinkSettings.DEFAULTS.withBacklog(BacklogOrder.OLDEST, 4, drainJitter);
      plan = new SendPlan(settings, random, now);
    }

    /** Numbers frames, whether there is a link or not. */
    void number(int count) {
      for (int i = 0; i < count; i++) {
        OutgoingFrame frame = Sample.frame(Lane.WINDOW, ++frames, FRAME_BYTES);
        waiting.add(frame);
        perform(plan.frame(frame, now));
      }
    }

    void lose() {
      long attempt = linked;
      linked = 0;
      if (attempt != 0) {
        perform(plan.closed(attempt, "cut", now));
      }
    }

    private void wakeIn(long nanos) {
      long ticket = ++wake;
      if (nanos != Long.MAX_VALUE) {
        later(
            nanos,
            () -> {
              if (ticket == wake) {
                perform(plan.tick(now));
              }
            });
      }
    }

    private void perform(List<Action> actions) {
      actions.forEach(this::perform);
      wakeIn(plan.waitNanos(now));
    }

    private void perform(Action action) {
      switch (action) {
        case Action.Connect connect -> connect(connect.attempt());
        case Action.Disconnect _ -> linked = 0;
        case Action.Greet greet -> greet(greet);
        case Action.Offer offer -> later(MILLI, () -> perform(plan.offered(offer.frame(), now)));
        case Action.Page(PageRequest request, long generation) ->
            later(
                MILLI,
                () -> perform(plan.page(request.lane(), generation, waiting.page(request), now)));
        case Action.Send send -> send(send.frame());
        case Action.Settle settle -> settle(settle.acknowledgement());
        case Action.Reconcile _ -> {
          // The cloud loses nothing here.
        }
      }
    }

    private void connect(long attempt) {
      connects.count(now);
      later(
          10 * MILLI,
          () -> {
            if (up) {
              linked = attempt;
              perform(plan.opened(attempt, now));
            } else {
              perform(plan.closed(attempt, "refused", now));
            }
          });
    }

    private void greet(Action.Greet greet) {
      hellos.count(now);
      helloDeskFree = Math.max(helloDeskFree, now) + HELLO_NANOS;
      long linkedAs = greet.attempt();
      perform(plan.greeted(greet.greeting(), 1, now));
      at(helloDeskFree, () -> answer(linkedAs, true, List.of()));
    }

    private void send(OutgoingFrame frame) {
      sends++;
      Fleet.this.sends++;
      inFlight += frame.bytes();
      mostInFlight = Math.max(mostInFlight, inFlight);
      writerFree = Math.max(writerFree, now) + frame.bytes() * SECOND / BYTES_PER_SECOND;
      long linkedAs = linked;
      at(writerFree, () -> commit(linkedAs, frame));
    }

    private void commit(long linkedAs, OutgoingFrame frame) {
      inFlight -= frame.bytes();
      long number = frame.id().number();
      VerdictRange range = new VerdictRange(number, number, Verdict.COMMITTED, "");
      answer(linkedAs, false, List.of(new LaneVerdicts(Lane.WINDOW, List.of(range))));
    }

    private void answer(long linkedAs, boolean full, List<LaneVerdicts> verdicts) {
      if (linkedAs == 0 || linkedAs != linked) {
        return;
      }
      long credit = creditOfAll / edges.size();
      List<IncarnationVerdicts> of = List.of(new IncarnationVerdicts(Sample.INCARNATION, verdicts));
      perform(
          plan.acknowledged(
              linkedAs, new Acknowledgement(full, Sample.DATABASE, 0, credit, 1, of), now));
    }

    private void settle(Acknowledgement ack) {
      for (LaneVerdicts lane : ack.incarnations().getFirst().lanes()) {
        lane.ranges().forEach(range -> waiting.remove(lane.lane(), range.from(), range.to()));
      }
    }
  }

  Fleet(long seed, int size, long creditOfAll, Duration drainJitter) {
    this.random = new Random(seed);
    this.creditOfAll = creditOfAll;
    for (int i = 0; i < size; i++) {
      edges.add(new Edge(drainJitter));
    }
    edges.forEach(edge -> edge.perform(edge.plan.tick(now)));
  }

  void run(long nanos) {
    long end = now + nanos;
    while (!events.isEmpty() && events.element().at() <= end) {
      Event next = events.remove();
      now = Math.max(now, next.at());
      next.what().run();
    }
    now = end;
  }

  /** Everybody loses the link at one instant. */
  void cut() {
    up = false;
    edges.forEach(Edge::lose);
  }

  boolean allSending() {
    return edges.stream().allMatch(edge -> edge.plan.status().state() == UplinkState.SENDING);
  }

  boolean allDrained() {
    return edges.stream().allMatch(edge -> edge.waiting.size() == 0);
  }

  long resent() {
    return edges.stream().mapToLong(edge -> edge.plan.status().counts().resent()).sum();
  }

  void forgetPeaks() {
    connects.reset();
    hellos.reset();
    mostInFlight = inFlight;
    sends = 0;
    edges.forEach(edge -> edge.sends = 0);
  }

  private void later(long nanos, Runnable what) {
    at(now + nanos, what);
  }

  private void at(long when, Runnable what) {
    events.add(new Event(when, order++, what));
  }
}
