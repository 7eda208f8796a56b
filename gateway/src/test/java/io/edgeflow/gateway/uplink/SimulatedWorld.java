package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An edge, a cloud and a bad link between them, in simulated time. The link drops, doubles, delays
 * and reorders; the cloud puts off, refuses, changes its credit and is restored from old backups;
 * the edge's owner thread hears and tells everything late, but in order, and coarsens frames while
 * they are being paged. A copy of the edge uses numbers for other content before the edge sends
 * them, and the edge hears the answers (J4). What the edge may hold in memory is far less than what
 * waits.
 */
final class SimulatedWorld {
  private static final long MILLI = 1_000_000;

  private record Event(long at, long order, Supplier<List<Action>> what) {}

  private final long seed;
  final Random random;
  final SendPlan plan;
  final SimulatedLedger ledger = new SimulatedLedger();
  private final HandLimits limits;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<Lane, RangeSet> committed = new EnumMap<>(Lane.class);
  private final Map<Lane, RangeSet> refused = new EnumMap<>(Lane.class);

  /** Of what is committed, what a copy of this edge sent. */
  private final Set<FrameId> ofTheCopy = new HashSet<>();

  /** Of that, what came with the edge's own content, too. */
  private final Set<FrameId> contested = new HashSet<>();

  /** What the plan was told and must not send any more, unless it hears otherwise. */
  private final Set<FrameId> overAtPlan = new HashSet<>();

  private final Map<FrameId, Integer> sendsOf = new HashMap<>();
  private long now;
  private long order;
  private long ownerHears;
  private long ownerTells;
  private long linked;
  private long credit = 20_000;
  private int generation = 1;
  boolean calm;
  int sends;

  SimulatedWorld(long seed) {
    this.seed = seed;
    random = new Random(seed);
    limits = new HandLimits(1 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(12));
    BacklogOrder backlog = random.nextBoolean() ? BacklogOrder.OLDEST : BacklogOrder.NEWEST;
    UplinkSettings settings =
        UplinkSettings.DEFAULTS.withBacklog(backlog, 4, Duration.ofSeconds(5));
    plan = new SendPlan(settings, limits, random, now);
    for (Lane lane : Lane.values()) {
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
        cut();
      }
      if (random.nextInt(200) == 0) {
        restoreBackup();
      }
      if (random.nextInt(40) == 0) {
        coarsen();
      }
      if (random.nextInt(80) == 0) {
        copyDelivers();
      }
      if (random.nextInt(40) == 0) {
        credit = random.nextInt(4) == 0 ? 0 : random.nextInt(40_000);
      }
      step();
    }
    // What was said of conflicts while the link was bad is said again after hello.
    cut();
  }

  /** No more faults: everything must be settled in a bounded number of steps. */
  void calmDown() {
    calm = true;
    credit = 20_000;
    // A restored backup shows at the next acknowledgement, so there must be one.
    makeFrame();
    for (int steps = 0; !settled(); steps++) {
      assertTrue(
          steps < 200_000,
          () -> "still waiting: " + ledger.waiting() + " " + plan.status() + ", seed " + seed);
      step();
    }
    assertTrue(plan.status().drained(), () -> plan.status().toString());
  }

  void cut() {
    perform(plan.closed(linked, "cut", now));
    linked = 0;
  }

  private boolean settled() {
    return ledger.waiting() == 0
        && events.isEmpty()
        && plan.status().state() == UplinkState.SENDING
        && plan.status().drained();
  }

  /** What the edge thinks is settled and the cloud does not have. */
  String lost() {
    List<String> lost = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      for (long number : ledger.numbers(lane)) {
        FrameId id = new FrameId(Sample.INCARNATION, lane, number);
        boolean over = ledger.coarsened.contains(id) || sendsOf.containsKey(id);
        if (ofTheCopy.contains(id) && !over) {
          lost.add("never sent: " + lane.word() + number);
        }
        if (!of(committed, lane).contains(number)
            && !of(refused, lane).contains(number)
            && !ledger.inConflict.contains(id)
            && !ledger.coarsened.contains(id)) {
          lost.add(lane.word() + number);
        }
      }
    }
    return lost.toString();
  }

  /** How often the frame that was sent most often was sent. */
  int mostSends() {
    return sendsOf.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  void step() {
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
    assertTrue(status.inFlightBytes() <= 40_000 + 2_000, () -> status + ", seed " + seed);
    int most = limits.resting() + 2 * (limits.live() + limits.backlog());
    assertTrue(status.heldFrames() <= 3 * most, () -> status + ", seed " + seed);
  }

  void makeFrame() {
    Lane lane = Lane.ofCode(random.nextInt(3)).orElseThrow();
    OutgoingFrame frame = ledger.make(lane, 100 + random.nextInt(1900));
    ownerTells(() -> plan.frame(frame, now));
  }

  private void coarsen() {
    ledger
        .coarsen(random)
        .ifPresent(
            id ->
                ownerTells(
                    () -> {
                      overAtPlan.add(id);
                      long number = id.number();
                      return plan.gone(id.incarnation(), id.lane(), number, number, now);
                    }));
  }

  /** Under a number that this edge has given, or will give next, and has not sent yet. */
  private void copyDelivers() {
    Lane lane = Lane.ofCode(random.nextInt(3)).orElseThrow();
    long number = 1L + random.nextInt(ledger.numbers(lane).size() + 2);
    FrameId id = new FrameId(Sample.INCARNATION, lane, number);
    if (!sendsOf.containsKey(id) && !ledger.coarsened.contains(id)) {
      of(committed, lane).add(number);
      ofTheCopy.add(id);
    }
  }

  private void restoreBackup() {
    generation++;
    for (Lane lane : Lane.values()) {
      RangeSet kept = of(committed, lane);
      if (kept.highest() > 0) {
        long from = 1 + random.nextLong(kept.highest());
        kept.remove(from, kept.highest());
        ofTheCopy.removeIf(id -> id.lane() == lane && id.number() >= from);
        contested.retainAll(ofTheCopy);
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
        case Action.Page page -> page(page);
        case Action.Send send -> send(send.frame());
        case Action.Settle settle -> askOwner(() -> settle(settle.acknowledgement()));
        case Action.Reconcile reconcile -> askOwner(() -> reconcile(reconcile.full()));
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
      RangeSet said = new RangeSet();
      said.addAll(of(committed, lane));
      // Only whoever shows a content is told what became of it.
      contested.stream()
          .filter(id -> id.lane() == lane)
          .forEach(id -> said.remove(id.number(), id.number()));
      said.ranges().stream()
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
    askOwner(
        () -> {
          boolean fails = bad(10);
          if (!fails) {
            ledger.offer(id);
          }
          // Told by the thread that syncs, when it is done: behind what the owner told before.
          long told = Math.max(ownerTells, now) + random.nextLong(20 * MILLI) + 1;
          events.add(
              new Event(
                  told, order++, () -> fails ? plan.offerFailed(id, now) : plan.offered(id, now)));
        });
  }

  private void page(Action.Page page) {
    askOwner(
        () -> {
          var found = ledger.page(page.request());
          ownerTells(() -> plan.page(page.request().lane(), page.generation(), found, now));
        });
  }

  private void settle(Acknowledgement ack) {
    for (Lane lane : ledger.settle(ack)) {
      ownerTells(
          () -> {
            overAtPlan.removeIf(id -> id.lane() == lane && ledger.waits(id));
            return plan.reopened(lane, now);
          });
    }
  }

  private void reconcile(Acknowledgement full) {
    for (Lane lane : ledger.reconcile(full)) {
      ownerTells(
          () -> {
            overAtPlan.removeIf(id -> id.lane() == lane && !ledger.coarsened.contains(id));
            return plan.reopened(lane, now);
          });
    }
  }

  private void send(OutgoingFrame frame) {
    sends++;
    ledger.sent(frame.id());
    sendsOf.merge(frame.id(), 1, Integer::sum);
    assertTrue(ledger.isOffered(frame.id()), () -> "sent before it was offered (J7), seed " + seed);
    assertFalse(
        ledger.coarsened.contains(frame.id()),
        () -> "sent after it was coarsened (J7), seed " + seed);
    assertFalse(overAtPlan.contains(frame.id()), () -> "sent after its verdict, seed " + seed);
    assertTrue(
        plan.status().state() == UplinkState.SENDING || linked == 0,
        () -> "sent too early, seed " + seed);
    long attempt = linked;
    overTheLink(attempt, () -> judge(attempt, frame));
  }

  private List<Action> judge(long attempt, OutgoingFrame frame) {
    Lane lane = frame.id().lane();
    long number = frame.id().number();
    Verdict verdict = Verdict.COMMITTED;
    if (ofTheCopy.contains(frame.id())) {
      verdict = Verdict.CONFLICT;
      contested.add(frame.id());
    } else if (of(refused, lane).contains(number)) {
      verdict = Verdict.REFUSED;
    } else if (!of(committed, lane).contains(number) && bad(6)) {
      verdict = random.nextInt(5) == 0 ? Verdict.REFUSED : Verdict.LATER;
    }
    if (verdict == Verdict.COMMITTED || verdict == Verdict.REFUSED) {
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
    overTheLink(
        attempt,
        () -> {
          note(ack);
          return plan.acknowledged(attempt, ack, now);
        });
  }

  private void note(Acknowledgement ack) {
    for (LaneVerdicts lane : ack.incarnations().getFirst().lanes()) {
      for (VerdictRange range : lane.ranges()) {
        for (long n = range.from(); range.verdict() != Verdict.LATER && n <= range.to(); n++) {
          FrameId id = new FrameId(Sample.INCARNATION, lane.lane(), n);
          // On what was never sent a verdict does not count.
          if (sendsOf.containsKey(id)) {
            overAtPlan.add(id);
          }
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

  /** What is asked of the owner is done in order, some time later. */
  private void askOwner(Runnable work) {
    ownerHears = Math.max(ownerHears, now + random.nextLong(50 * MILLI)) + 1;
    events.add(
        new Event(
            ownerHears,
            order++,
            () -> {
              work.run();
              return List.of();
            }));
  }

  /** What the owner tells is heard in order, some time later. */
  private void ownerTells(Supplier<List<Action>> what) {
    ownerTells = Math.max(ownerTells, now + random.nextLong(50 * MILLI)) + 1;
    events.add(new Event(ownerTells, order++, what));
  }

  private static <T> T of(Map<Lane, T> map, Lane lane) {
    return Objects.requireNonNull(map.get(lane));
  }
}
