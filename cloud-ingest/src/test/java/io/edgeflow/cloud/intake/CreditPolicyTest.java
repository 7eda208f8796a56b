package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.intake.CreditPolicy.Settings;
import io.edgeflow.cloud.store.WriterLoad;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Credit follows what the writer can take (L4). */
final class CreditPolicyTest {
  private static final Settings SETTINGS = Settings.STANDARD;
  private static final long QUEUE = 16L << 20;
  private static final long MILLI = 1_000_000;
  private static final long STEP = 250 * MILLI;
  private static final WriterLoad QUICK = load(0, 0, 20 * MILLI);
  private static final WriterLoad AWAY = new WriterLoad(false, 1 << 20, QUEUE, 0, 0, MILLI);

  private final CreditPolicy policy = new CreditPolicy(SETTINGS);
  private final Set<String> busy = new TreeSet<>();
  private long now;

  @Test
  void givesAnEdgeThatSendsMuchTheMostThereIs() {
    hungry("pi-1");
    steps(40, QUICK);
    assertEquals(SETTINGS.mostBytes(), grant("pi-1"));
  }

  @Test
  void sharesEquallyAmongThoseThatSendMuchAndLeavesTheOthersALittle() {
    for (int edge = 0; edge < 10; edge++) {
      hungry("busy-" + edge);
      policy.arrived("idle-" + edge, 100, now);
    }
    for (int i = 0; i < 40; i++) {
      for (int edge = 0; edge < 10; edge++) {
        grant("busy-" + edge);
        grant("idle-" + edge);
      }
      steps(1, QUICK);
    }
    assertEquals(SETTINGS.leastBytes(), grant("idle-3"));
    assertEquals((SETTINGS.budgetBytes() - 10 * SETTINGS.leastBytes()) / 10, grant("busy-3"));
  }

  @Test
  void fallsToNothingWhileTheDatabaseIsAwayNeverByMoreThanHalfAndRisesAgain() {
    hungry("pi-1");
    steps(40, QUICK);
    long before = grant("pi-1");
    int steps = 0;
    while (before > 0) {
      steps(1, AWAY);
      long credit = grant("pi-1");
      assertTrue(credit >= before / 2 || credit < SETTINGS.frameBytes(), before + " to " + credit);
      before = credit;
      assertTrue(++steps < 12, "not within three seconds");
    }
    steps(3, QUICK);
    assertTrue(grant("pi-1") > 0);
    steps(4, QUICK);
    assertTrue(grant("pi-1") > SETTINGS.frameBytes());
  }

  @Test
  void leavesOneFrameWhileTheDatabaseIsSlowButWorks() {
    hungry("pi-1");
    steps(60, load(1 << 20, 0, 900 * MILLI));
    assertEquals(SETTINGS.frameBytes(), grant("pi-1"));
  }

  @Test
  void closesWhileNothingIsCommitted() {
    hungry("pi-1");
    steps(60, load(1 << 20, 30_000 * MILLI, 0));
    assertEquals(0, grant("pi-1"));
  }

  /** Lowered before memory is: half of the queue is enough. */
  @Test
  void closesBeforeTheQueueIsFull() {
    hungry("pi-1");
    steps(40, QUICK);
    long full = grant("pi-1");
    steps(3, load(QUEUE / 2 + 1, 0, 20 * MILLI));
    assertTrue(grant("pi-1") <= full / 2);
  }

  @Test
  void doesNotTakeAFarDatabaseForASlowOne() {
    hungry("pi-1");
    for (int i = 0; i < 40; i++) {
      policy.step(new WriterLoad(true, 1 << 20, QUEUE, 0, 900 * MILLI, 800 * MILLI), now);
      now += STEP;
      hungry("pi-1");
    }
    assertTrue(grant("pi-1") > 10 * SETTINGS.frameBytes());
  }

  @Test
  void grantsNothingToAnEdgeThatIsNotConnected() {
    hungry("pi-1");
    policy.gone("pi-1");
    assertEquals(0, grant("pi-1"));
    assertEquals(0, policy.granted());
  }

  @Test
  void namesTheEdgesThatMustHear() {
    hungry("pi-1");
    policy.arrived("pi-2", 0, now);
    steps(40, QUICK);
    grant("pi-1");
    assertEquals(List.of("pi-2"), policy.misled(10, now), "it has no credit yet");
    grant("pi-2");
    assertEquals(List.of(), policy.misled(10, now));
    policy.tellAll();
    assertEquals(List.of("pi-1", "pi-2"), policy.misled(10, now));
    grant("pi-1");
    assertEquals(List.of("pi-2"), policy.misled(10, now));
    steps(20, AWAY);
    assertEquals(List.of("pi-1", "pi-2"), policy.misled(10, now));
    assertEquals(1, policy.misled(1, now).size());
  }

  /** Whatever happens, what edges may act upon together stays within the budget. */
  @Test
  void neverGrantsMoreThanTheBudgetToAThousandEdges() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Deque<long[]>> told = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      String edge = "pi-" + random.nextInt(1000);
      switch (random.nextInt(40)) {
        case 0 -> {
          now += STEP;
          policy.step(
              random.nextInt(4) > 0 ? QUICK : random.nextBoolean() ? AWAY : slow(random), now);
        }
        case 1 -> {
          policy.gone(edge);
          told.remove(edge);
        }
        default -> {
          policy.arrived(edge, random.nextInt(80_000), now);
          long credit = grant(edge);
          told.computeIfAbsent(edge, _ -> new ArrayDeque<>()).add(new long[] {now, credit});
        }
      }
      if (i % 500 == 0) {
        long sum = told.values().stream().mapToLong(this::mayActUpon).sum();
        assertTrue(sum <= SETTINGS.budgetBytes(), "seed " + seed + ": " + sum);
      }
    }
  }

  /** Three edges have all of it when five hundred return, which ask before the three have heard. */
  @Test
  void grantsOnlyWhatOthersCannotUseAnyMore() {
    List<String> first = List.of("a", "b", "c");
    first.forEach(this::hungry);
    for (int i = 0; i < 80; i++) {
      steps(1, QUICK);
      first.forEach(this::grant);
    }
    assertEquals(SETTINGS.budgetBytes(), policy.granted());
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      others.add("pi-" + i);
      hungry("pi-" + i);
    }
    others.forEach(this::grant);
    assertEquals(SETTINGS.budgetBytes(), policy.granted(), "nothing was left");
    first.forEach(this::grant);
    others.forEach(this::grant);
    assertTrue(policy.granted() < SETTINGS.budgetBytes() / 10, "the three may still use theirs");
    now += 600 * MILLI;
    others.forEach(this::grant);
    long all = policy.granted();
    assertTrue(all > SETTINGS.budgetBytes() * 9 / 10 && all <= SETTINGS.budgetBytes(), "" + all);
  }

  /** The greatest credit that an edge which hears within a second may believe in. */
  private long mayActUpon(Deque<long[]> told) {
    long most = 0;
    long later = Long.MAX_VALUE;
    for (long[] one : new ArrayList<>(told).reversed()) {
      if (later == Long.MAX_VALUE || now - later < 500 * MILLI) {
        most = Math.max(most, one[1]);
      }
      later = one[0];
    }
    return most;
  }

  /**
   * A thousand edges with a backlog, and a database that stores so many bytes a second: the wait
   * settles near the target, nothing is turned down, and the database is kept busy.
   */
  @Test
  void keepsTheQueueShortAndTheDatabaseBusy() {
    for (long frame : new long[] {500, 4_000, 60_000}) {
      for (int edges : new int[] {1, 30, 1_000}) {
        CreditPolicyTest test = new CreditPolicyTest();
        test.keepsTheQueueShort(test.new Plant(edges, frame, 2L << 20), edges + " of " + frame);
      }
    }
  }

  private void keepsTheQueueShort(Plant plant, String what) {
    plant.run(60);
    plant.idleSteps = 0;
    plant.refused = 0;
    plant.run(80);
    assertEquals(0, plant.refused, what);
    assertTrue(plant.queue < 2L << 20, what + " wait: " + plant.queue);
    assertTrue(plant.idleSteps < 20, what + ", idle: " + plant.idleSteps);
    plant.perSecond /= 4;
    plant.run(80);
    assertTrue(plant.queue < 700L << 10, what + " wait: " + plant.queue);
    assertTrue(policy.granted() > 0, what);
  }

  /**
   * Of two thousand edges nine in ten have told all, while a slow database leaves each a turn now
   * and then. A turn that these hold must not keep the others from theirs, who would have to do
   * with one frame in half a minute.
   */
  @Test
  void leavesNoTurnWithThoseThatHaveNothingToSend() {
    SplittableRandom random = new SplittableRandom(42);
    Plant plant = new Plant(2_000, 1_000, 0);
    for (int edge = 0; edge < plant.edges; edge++) {
      plant.left[edge] = edge % 10 == 0 ? 100 : 1;
    }
    int steps = 0;
    while (plant.anyLeft()) {
      plant.perSecond = random.nextInt(4) == 0 ? 0 : random.nextLong(400_000);
      plant.run(1);
      if (++steps == 120) {
        // By now each has told what it had first.
        Arrays.fill(plant.longest, 0);
      }
      assertTrue(steps < 3_000, "never through");
    }
    long longest = Arrays.stream(plant.longest).max().orElseThrow();
    assertTrue(longest < 6_000 * MILLI, longest / MILLI + " ms");
    assertTrue(steps < 1_000, "through after " + steps + " steps");
  }

  /** Edges that use all of their credit, each as it last heard, and a writer. */
  private final class Plant {
    final int edges;
    final long frame;
    long perSecond;
    long queue;
    long refused;
    int idleSteps;
    final long[] credit;
    final long[] underWay;

    /** Frames that each has to send. */
    final long[] left;

    /** When each sent last, and its longest pause while it had something to send. */
    final long[] sent;

    final long[] longest;
    final Deque<long[]> waiting = new ArrayDeque<>();

    Plant(int edges, long frame, long perSecond) {
      this.edges = edges;
      this.frame = frame;
      this.perSecond = perSecond;
      this.credit = new long[edges];
      this.underWay = new long[edges];
      this.left = new long[edges];
      this.sent = new long[edges];
      this.longest = new long[edges];
      Arrays.fill(left, Long.MAX_VALUE);
    }

    boolean anyLeft() {
      return Arrays.stream(left).anyMatch(frames -> frames > 0);
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        now += STEP;
        send();
        long slowest = write();
        long oldest = waiting.isEmpty() ? 0 : now - waiting.getFirst()[1];
        policy.step(new WriterLoad(true, queue, QUEUE, oldest, slowest, 10 * MILLI), now);
        policy.misled(250, now).forEach(name -> tell(Integer.parseInt(name)));
      }
    }

    private void tell(int edge) {
      credit[edge] = grant("" + edge);
    }

    private void send() {
      for (int edge = 0; edge < edges; edge++) {
        policy.arrived("" + edge, 0, now);
        while (left[edge] > 0 && mayGo(edge)) {
          policy.arrived("" + edge, frame, now);
          if (queue + frame > QUEUE) {
            refused++;
            tell(edge);
            break;
          }
          waiting.add(new long[] {edge, now});
          queue += frame;
          underWay[edge] += frame;
          left[edge]--;
          longest[edge] = Math.max(longest[edge], now - sent[edge]);
          sent[edge] = now;
        }
      }
    }

    private boolean mayGo(int edge) {
      return underWay[edge] + frame <= credit[edge] || (underWay[edge] == 0 && credit[edge] > 0);
    }

    private long write() {
      long budget = perSecond / 4;
      long slowest = 0;
      if (queue < budget / 2) {
        idleSteps++;
      }
      while (!waiting.isEmpty() && budget >= frame) {
        long[] written = waiting.removeFirst();
        slowest = Math.max(slowest, now - written[1]);
        queue -= frame;
        underWay[(int) written[0]] -= frame;
        budget -= frame;
        tell((int) written[0]);
      }
      return slowest;
    }
  }

  private static WriterLoad slow(SplittableRandom random) {
    return load(
        random.nextLong(QUEUE), random.nextLong(3_000) * MILLI, random.nextLong(2_000) * MILLI);
  }

  private static WriterLoad load(long bytes, long wait, long slowest) {
    return new WriterLoad(true, bytes, QUEUE, wait, slowest, 10 * MILLI);
  }

  /** Sends much from now on, in small frames. */
  private void hungry(String edge) {
    busy.add(edge);
    for (int i = 0; i < 40; i++) {
      policy.arrived(edge, SETTINGS.leastBytes() / 10, now);
    }
  }

  private long grant(String edge) {
    return policy.grant(edge, now);
  }

  private void steps(int steps, WriterLoad load) {
    for (int i = 0; i < steps; i++) {
      now += STEP;
      List.copyOf(busy).forEach(this::hungry);
      policy.step(load, now);
    }
  }
}
