package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An edge, a cloud and a bad link between them, in simulated time. The link drops, doubles, delays
 * and reorders; the cloud puts off, refuses, changes its credit and is restored from old backups.
 */
final class SimulatedWorld {
  private static final long MILLI = 1_000_000;

  private record Event(long at, long order, Supplier<List<Action>> what) {}

  final Random random;
  final SendPlan plan;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<Lane, TreeMap<Long, OutgoingFrame>> made = new EnumMap<>(Lane.class);
  private final Map<Lane, RangeSet> settledAtEdge = new EnumMap<>(Lane.class);
  private final Map<Lane, RangeSet> committed = new EnumMap<>(Lane.class);
  private final Map<Lane, RangeSet> refused = new EnumMap<>(Lane.class);
  private final Set<Blocks.Block> offered = new HashSet<>();
  private long now;
  private long order;
  private long linked;
  private long credit = 20_000;
  private int generation = 1;
  private boolean calm;
  int sends;

  SimulatedWorld(long seed) {
    random = new Random(seed);
    plan = new SendPlan(UplinkSettings.DEFAULTS, random, now);
    for (Lane lane : Lane.values()) {
      made.put(lane, new TreeMap<>());
      settledAtEdge.put(lane, new RangeSet());
      committed.put(lane, new RangeSet());
      refused.put(lane, new RangeSet());
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(3) == 0) {
        makeFrame();
      }
      if (random.nextInt(60) == 0) {
        perform(plan.closed(linked, "cut", now));
        linked = 0;
      }
      if (random.nextInt(200) == 0) {
        restoreBackup();
      }
      if (random.nextInt(40) == 0) {
        credit = random.nextInt(4) == 0 ? 0 : random.nextInt(40_000);
      }
      step();
    }
  }

  /** No more faults: everything must be settled in a bounded number of steps. */
  void calmDown() {
    calm = true;
    credit = 20_000;
    // A restored backup shows at the next acknowledgement, so there must be one.
    makeFrame();
    for (int steps = 0; !settled(); steps++) {
      assertTrue(steps < 200_000, () -> "still pending: " + pendingAtEdge() + " " + plan.status());
      step();
    }
  }

  private boolean settled() {
    return pendingAtEdge() == 0 && events.isEmpty() && plan.status().state() == UplinkState.SENDING;
  }

  private long pendingAtEdge() {
    long pending = 0;
    for (Lane lane : Lane.values()) {
      pending += of(made, lane).size() - of(settledAtEdge, lane).size();
    }
    return pending;
  }

  /** What the edge thinks is settled and the cloud does not have. */
  String lost() {
    List<String> lost = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      for (long number : of(made, lane).keySet()) {
        if (!of(committed, lane).contains(number) && !of(refused, lane).contains(number)) {
          lost.add(lane.word() + number);
        }
      }
    }
    return lost.toString();
  }

  private void step() {
    long wake = plan.waitNanos(now);
    Event next = events.peek();
    if (next == null || (wake != Long.MAX_VALUE && now + wake < next.at())) {
      now += wake == Long.MAX_VALUE ? MILLI : wake;
      perform(plan.tick(now));
    } else {
      events.remove(next);
      now = Math.max(now, next.at());
      perform(next.what().get());
    }
    UplinkStatus status = plan.status();
    // What was sent under an older, greater credit may still be under way.
    assertTrue(status.inFlightBytes() <= 40_000 + 2_000, status::toString);
  }

  private void makeFrame() {
    Lane lane = Lane.ofCode(random.nextInt(3)).orElseThrow();
    TreeMap<Long, OutgoingFrame> frames = of(made, lane);
    OutgoingFrame frame = Sample.frame(lane, frames.size() + 1L, 100 + random.nextInt(1900));
    frames.put(frame.id().number(), frame);
    perform(plan.frame(frame, true, now));
  }

  private void restoreBackup() {
    generation++;
    for (Lane lane : Lane.values()) {
      RangeSet kept = of(committed, lane);
      if (kept.highest() > 0) {
        long from = 1 + random.nextLong(kept.highest());
        kept.remove(from, kept.highest());
      }
    }
  }

  private void perform(List<Action> actions) {
    for (Action action : actions) {
      switch (action) {
        case Action.Connect connect -> connect(connect.attempt());
        case Action.Disconnect ignored -> linked = 0;
        case Action.Greet greet -> greet(greet);
        case Action.Offer offer -> offer(offer.frame());
        case Action.Send send -> send(send.frame());
        case Action.Settle settle -> settle(settle.acknowledgement());
        case Action.Reconcile ignored -> reconcile();
      }
    }
  }

  private void connect(long attempt) {
    if (bad(4)) {
      later(5000, () -> plan.closed(attempt, "refused", now));
    } else {
      later(
          500,
          () -> {
            linked = attempt;
            return plan.opened(attempt, now);
          });
    }
  }

  private void greet(Action.Greet greet) {
    int pages = 1 + random.nextInt(3);
    for (int page = 0; page < pages; page++) {
      overTheLink(greet.attempt(), () -> answer(greet.attempt()));
    }
    later(1, () -> plan.greeted(greet.greeting(), pages, now));
  }

  private List<Action> answer(long attempt) {
    List<LaneVerdicts> lanes = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      List<VerdictRange> ranges = new ArrayList<>();
      of(committed, lane)
          .ranges()
          .forEach(r -> ranges.add(new VerdictRange(r.from(), r.to(), Verdict.COMMITTED, "")));
      of(refused, lane)
          .ranges()
          .forEach(r -> ranges.add(new VerdictRange(r.from(), r.to(), Verdict.REFUSED, "")));
      lanes.add(new LaneVerdicts(lane, ranges));
    }
    back(attempt, true, new IncarnationVerdicts(Sample.INCARNATION, lanes));
    return List.of();
  }

  private void offer(FrameId id) {
    later(
        10,
        () -> {
          if (bad(10)) {
            return plan.offerFailed(id, now);
          }
          offered.add(Blocks.of(id));
          return plan.offered(id, now);
        });
  }

  private void send(OutgoingFrame frame) {
    sends++;
    assertTrue(offered.contains(Blocks.of(frame.id())), "sent before it was journaled as offered");
    assertTrue(plan.status().state() == UplinkState.SENDING || linked == 0, "sent too early");
    long attempt = linked;
    overTheLink(attempt, () -> judge(attempt, frame));
  }

  private List<Action> judge(long attempt, OutgoingFrame frame) {
    Lane lane = frame.id().lane();
    long number = frame.id().number();
    Verdict verdict = Verdict.COMMITTED;
    if (of(refused, lane).contains(number)) {
      verdict = Verdict.REFUSED;
    } else if (!of(committed, lane).contains(number) && bad(6)) {
      verdict = random.nextInt(5) == 0 ? Verdict.REFUSED : Verdict.LATER;
    }
    if (verdict != Verdict.LATER) {
      of(verdict == Verdict.COMMITTED ? committed : refused, lane).add(number);
    }
    VerdictRange range = new VerdictRange(number, number, verdict, "");
    back(
        attempt,
        false,
        new IncarnationVerdicts(
            Sample.INCARNATION, List.of(new LaneVerdicts(lane, List.of(range)))));
    return List.of();
  }

  private void back(long attempt, boolean full, IncarnationVerdicts verdicts) {
    Acknowledgement ack =
        new Acknowledgement(full, generation + "/1", 0, credit, 1, List.of(verdicts));
    overTheLink(attempt, () -> plan.acknowledged(attempt, ack, now));
  }

  private void settle(Acknowledgement ack) {
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.ranges()) {
          if (range.verdict() != Verdict.LATER) {
            of(settledAtEdge, lane.lane()).add(range.from(), range.to());
          }
        }
      }
    }
  }

  /** The bytes of every frame are still held, so whatever the cloud lacks is announced again. */
  private void reconcile() {
    for (Lane lane : Lane.values()) {
      for (OutgoingFrame frame : List.copyOf(of(made, lane).values())) {
        long number = frame.id().number();
        if (of(settledAtEdge, lane).contains(number)
            && !of(committed, lane).contains(number)
            && !of(refused, lane).contains(number)) {
          of(settledAtEdge, lane).remove(number, number);
          later(1, () -> plan.frame(frame, false, now));
        }
      }
    }
  }

  private void overTheLink(long attempt, Supplier<List<Action>> arrival) {
    int copies = bad(5) ? 0 : bad(10) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      later(2000, () -> attempt == linked ? arrival.get() : List.of());
    }
  }

  private boolean bad(int oneIn) {
    return !calm && random.nextInt(oneIn) == 0;
  }

  private void later(long mostMillis, Supplier<List<Action>> what) {
    long delay = random.nextLong(mostMillis * MILLI) + 1;
    events.add(new Event(now + delay, order++, what));
  }

  private static <T> T of(Map<Lane, T> map, Lane lane) {
    return Objects.requireNonNull(map.get(lane));
  }
}
