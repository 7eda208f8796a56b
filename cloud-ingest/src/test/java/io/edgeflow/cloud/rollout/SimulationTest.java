package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.cloud.rollout.SimulatedEdge.Fate;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 200 edges behind links that drop, repeat and reorder, some away for days, some pinned, some that
 * refuse the bundle; a cloud that is away now and then; each step's state through its text.
 */
final class SimulationTest {
  private static final int EDGES = 200;
  private static final String SPEC =
      "waves: [1, 10%, 50%, 100%]; shadow: 0s; soak: 5m; wait: 6h; silentAfter: 10m";

  private record Mail(long due, boolean up, SimulatedEdge from, TestEdge at, Runnable arrives) {}

  private final RolloutCases cases = new RolloutCases();
  private final Map<String, SimulatedEdge> real = new TreeMap<>();
  private final Set<String> away = new HashSet<>();
  private final List<Mail> mails = new ArrayList<>();
  private Random random = new Random(0);
  private long minute;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aGoodModelReachesEverybodyWhoMayHaveIt(long seed) {
    fleet(seed, Fate.GOOD);
    run(Phase.Done.class, 600);
    assertServing(RolloutCases.OLD, name -> away.contains(name) || apart(name));
    everybodyReturns();
    assertServing(RolloutCases.NEW, name -> !apart(name));
    assertServing(RolloutCases.OLD, this::apart);
    assertTrue(Controller.settled(cases.rollout("r-1")), "nothing is left to do");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"ROLLED_BACK", "ALARMS", "HANGS", "FAILS"})
  void aBadModelStopsInTheFirstWave(Fate fate) {
    fleet(10, fate);
    run(Phase.RolledBack.class, 120);
    assertEquals(1, asked().size(), "of " + EDGES + " edges one was asked");
    real.values().forEach(edge -> edge.hangs = false); // Somebody cut its power and gave it back.
    everybodyReturns();
    assertServing(RolloutCases.OLD, _ -> true);
  }

  @Test
  void aModelThatIsBadOnOneEdgeInFiveStopsInTheSecondWave() {
    fleet(20, Fate.GOOD);
    int i = 0;
    for (String name : List.copyOf(real.keySet())) {
      if (i++ % 5 == 0 && !away.contains(name) && !apart(name)) {
        replace(name, i % 10 == 1 ? Fate.ROLLED_BACK : Fate.ALARMS);
      }
    }
    cases.rollouts.clear();
    cases.start("r-2", SPEC + "; failures: {most: 0}");
    run(Phase.RolledBack.class, 600);
    assertTrue(asked().size() <= EDGES / 10, asked()::toString);
    everybodyReturns();
    assertServing(RolloutCases.OLD, _ -> true);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void abortedWhoServesItKeepsItAndNobodyElseGetsIt(long seed) {
    fleet(seed, Fate.GOOD);
    runFor(15 + random.nextInt(60));
    cases.order("r-1", Verb.ABORT);
    run(Phase.Aborted.class, 200);
    Set<String> keep = new HashSet<>();
    for (Member member : cases.rollout("r-1").members()) {
      if (member.step() == Member.Step.ACTIVE || member.step() == Member.Step.PASSED) {
        keep.add(member.edge());
      }
    }
    everybodyReturns();
    assertServing(RolloutCases.NEW, keep::contains);
    assertServing(RolloutCases.OLD, name -> !keep.contains(name));
  }

  @ParameterizedTest
  @ValueSource(longs = 41)
  void undoneEverybodyIsBack(long seed) {
    fleet(seed, Fate.GOOD);
    runFor(15 + random.nextInt(120));
    cases.order("r-1", Verb.UNDO);
    run(Phase.RolledBack.class, 200);
    everybodyReturns();
    assertServing(RolloutCases.OLD, _ -> true);
    assertTrue(Controller.settled(cases.rollout("r-1")), "nothing is left to do");
  }

  private void fleet(long seed, Fate fate) {
    System.out.println("simulated fleet with seed " + seed + ", new model " + fate);
    random = new Random(seed);
    for (int i = 0; i < EDGES; i++) {
      TestEdge edge = cases.add(new TestEdge("pi-" + i));
      edge.site = "site-" + i % 13;
      edge.zone = java.time.ZoneId.of(i % 2 == 0 ? "Europe/Berlin" : "Asia/Kolkata");
      var simulated = new SimulatedEdge(fate);
      real.put(edge.name, simulated);
      edge.ask(RolloutCases.old());
      if (i % 20 == 3) {
        edge.online = false;
        away.add(edge.name);
      } else if (i % 25 == 7) {
        simulated.pinned = true;
      } else if (i % 25 == 9) {
        simulated.denied.add(RolloutCases.NEW);
        edge.denied.add(RolloutCases.NEW);
      }
      simulated.hears(edge.number, edge.document, RolloutCases.old());
      edge.said = Optional.of(simulated.says("health"));
    }
    cases.start("r-1", SPEC);
  }

  private void replace(String name, Fate fate) {
    var simulated = new SimulatedEdge(fate);
    TestEdge edge = cases.edge(name);
    simulated.hears(edge.number, edge.document, RolloutCases.old());
    edge.said = Optional.of(simulated.says("health"));
    real.put(name, simulated);
  }

  private void run(Class<? extends Phase> end, int most) {
    for (int i = 0; i < most; i++) {
      RolloutState state = cases.rollouts.values().iterator().next();
      if (end.isInstance(state.phase())) {
        return;
      }
      oneMinute();
    }
    assertInstanceOf(end, cases.rollouts.values().iterator().next().phase(), cases.notes::toString);
  }

  private void runFor(int minutes) {
    for (int i = 0; i < minutes; i++) {
      oneMinute();
    }
  }

  private void everybodyReturns() {
    away.clear();
    cases.edges.values().forEach(edge -> returns(edge));
    runFor(30);
  }

  private void oneMinute() {
    minute++;
    cases.now = cases.now.plus(Duration.ofMinutes(1));
    real.forEach((name, edge) -> live(cases.edge(name), edge));
    deliver();
    if (minute % 41 == 0) { // The cloud is away for a while, and everything goes on.
      cases.now = cases.now.plus(Duration.ofMinutes(30));
      cases.listening = cases.now;
    }
    if (random.nextInt(5) > 0) {
      step();
    }
  }

  private void live(TestEdge edge, SimulatedEdge simulated) {
    Deployment before = simulated.says("health");
    simulated.minute();
    if (simulated.hangs) {
      edge.online = false;
    } else if (!away.contains(edge.name)) {
      if (!edge.online && random.nextInt(3) == 0) {
        returns(edge);
      } else if (edge.online && random.nextInt(200) == 0) {
        edge.online = false;
      }
    }
    if (edge.online) {
      edge.heard = Optional.of(cases.now);
      if (!simulated.says("health").equals(before) || random.nextInt(10) == 0) {
        report(edge, simulated);
      }
    }
  }

  private void returns(TestEdge edge) {
    SimulatedEdge simulated = real.get(edge.name);
    if (simulated != null && !simulated.hangs) {
      edge.online = true;
      edge.heard = Optional.of(cases.now);
      document(edge);
      report(edge, simulated);
    }
  }

  /** What is sent arrives soon, late, twice, or before what was sent before. */
  private void send(boolean up, TestEdge edge, Runnable arrives) {
    SimulatedEdge simulated = real.get(edge.name);
    for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0 && simulated != null; copies--) {
      mails.add(new Mail(minute + random.nextInt(4), up, simulated, edge, arrives));
    }
  }

  private void report(TestEdge edge, SimulatedEdge simulated) {
    Deployment said = simulated.says("health");
    send(true, edge, () -> edge.said = Optional.of(said));
  }

  private void document(TestEdge edge) {
    SimulatedEdge simulated = real.get(edge.name);
    DesiredSlot slot = edge.asked.get("health");
    long number = edge.number;
    String digest = edge.document;
    if (simulated != null && slot != null) {
      send(false, edge, () -> simulated.hears(number, digest, slot));
    }
  }

  private void deliver() {
    List<Mail> due = mails.stream().filter(mail -> mail.due() <= minute).toList();
    mails.removeAll(due);
    List<Mail> shuffled = new ArrayList<>(due);
    java.util.Collections.shuffle(shuffled, random);
    for (Mail mail : shuffled) {
      if (mail.up() || (mail.at().online && !mail.from().hangs)) { // What finds nobody is lost.
        mail.arrives().run();
      }
    }
  }

  private void step() {
    RolloutState before = cases.rollouts.values().iterator().next();
    Map<String, EdgeView> views = cases.fleet().edges();
    List<Order> orders = cases.step();
    orders.forEach(order -> document(cases.edge(order.edge())));
    RolloutState after = cases.rollout(before.id());
    for (Order order : orders) {
      if (order instanceof Order.Issue(String name, DesiredSlot slot)) {
        EdgeView edge = views.get(name);
        assertTrue(edge != null && !edge.denies(slot.digest()), () -> name + " refuses it");
        assertTrue(edge != null && !edge.pins("health"), () -> name + " is pinned");
      }
    }
    assertHonest(before, after);
  }

  private void assertHonest(RolloutState before, RolloutState after) {
    for (Member member : after.members()) {
      SimulatedEdge simulated = real.get(member.edge());
      if (member.step() == Member.Step.PASSED && simulated != null) {
        assertTrue(simulated.provedNew, () -> member.edge() + " never proved it");
      }
    }
    if (before.phase() instanceof Phase.Running(int wave)
        && (after.phase() instanceof Phase.Done
            || (after.phase() instanceof Phase.Running(int next) && next > wave))) {
      List<Member> members =
          after.members().stream()
              .filter(m -> m.wave() == wave && m.step() != Member.Step.APART)
              .toList();
      long proved =
          members.stream()
              .map(member -> real.get(member.edge()))
              .filter(edge -> edge != null && edge.provedNew)
              .count();
      assertTrue(
          proved * 2 >= members.size() && proved > 0, "wave " + wave + " passed by " + proved);
    }
  }

  private Set<String> asked() {
    var asked = new HashSet<String>();
    cases.orders.stream()
        .filter(order -> order.slot().digest().equals(RolloutCases.NEW))
        .forEach(order -> asked.add(order.edge()));
    return asked;
  }

  private boolean apart(String name) {
    SimulatedEdge edge = real.get(name);
    return edge != null && (edge.pinned || edge.denied.contains(RolloutCases.NEW));
  }

  private void assertServing(String digest, java.util.function.Predicate<String> who) {
    real.forEach(
        (name, edge) -> {
          if (who.test(name)) {
            assertEquals(
                digest,
                edge.serves,
                () ->
                    name
                        + ": "
                        + cases.rollouts.values().iterator().next().members().stream()
                            .filter(m -> m.edge().equals(name))
                            .toList());
          }
        });
  }
}
