package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edges that come, go, lie and repeat themselves, and people who order anything at any time. */
final class RandomWalkTest {
  private static final int WALKS = 10;
  private static final int STEPS = 60;
  private static final String[] WAVES = {"[1, 100%]", "[33%, 66%, 100%]", "[1, 2, 3]", "[100%]"};

  private RolloutCases cases = new RolloutCases();
  private Random random = new Random(0);
  private boolean aborted;

  @ParameterizedTest
  @ValueSource(longs = {1, 1_001, 2_001})
  void nobodyIsAskedWhoMustNotBe(long first) {
    for (long seed = first; seed < first + WALKS; seed++) {
      try {
        walk(seed);
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("seed " + seed, broken);
      }
    }
  }

  private void walk(long seed) {
    random = new Random(seed);
    cases = new RolloutCases();
    aborted = false;
    int edges = 1 + random.nextInt(9);
    for (int i = 0; i < edges; i++) {
      TestEdge edge = cases.add(new TestEdge("pi-" + i));
      edge.site = "site-" + i % 3;
      edge.ask(RolloutCases.old());
      edge.proves();
    }
    cases.start(
        "r-1",
        "waves: %s; failures: {most: %d, then: %s}; wait: 3h"
            .formatted(
                oneOf(WAVES), random.nextInt(3), random.nextBoolean() ? "rollback" : "pause"));
    for (int i = 0; i < STEPS; i++) {
      cases.edges.values().forEach(this::lives);
      somebodyOrders();
      step();
    }
  }

  private void lives(TestEdge edge) {
    switch (random.nextInt(12)) {
      case 0 -> edge.online = !edge.online;
      case 1, 2, 3, 4 -> edge.proves();
      case 5 -> lies(edge);
      case 6 ->
          edge.follow(
              Math.max(0, edge.number - random.nextInt(3) + 1),
              random.nextBoolean() ? edge.document : Digests.of("another"));
      case 7 -> {
        edge.pinned.clear();
        if (random.nextInt(4) == 0) {
          edge.pinned.add("health");
        }
        edge.saw();
      }
      default -> {}
    }
    if (edge.online) {
      edge.heard = Optional.of(cases.now);
    }
  }

  private void lies(TestEdge edge) {
    var seen =
        new Evidence(
            random.nextInt(900) - 10,
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextDouble() * 1e300,
            -1,
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextInt(3) - 1);
    edge.says(oneOf(DeployState.values()), random.nextBoolean(), seen);
  }

  private <T> T oneOf(T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }

  private void somebodyOrders() {
    if (random.nextInt(25) == 0) {
      Verb verb = oneOf(Verb.values());
      boolean taken = cases.order("r-1", verb) instanceof Answered.Changed;
      aborted |= taken && verb == Verb.ABORT;
    }
  }

  private void step() {
    RolloutState before = cases.rollout("r-1");
    cases.now = cases.now.plus(Duration.ofMinutes(random.nextInt(12)));
    FleetView fleet = cases.fleet();
    assertEquals(
        Controller.step(before, fleet, cases.now),
        Controller.step(RolloutState.fromJson(before.toJson()), fleet, cases.now),
        "another process decides the same");
    for (Order order : cases.step()) {
      assertAllowed(order, cases.member("r-1", order.edge()));
    }
    if (before.phase() instanceof Phase.Running(int wave)
        && cases.phase("r-1") instanceof Phase.Running(int next)
        && next != wave
        && wave >= 0) {
      assertEquals(wave + 1, next, "no wave is left out");
      WaveCount count = WaveCount.of(cases.rollout("r-1"), wave, fleet, cases.now);
      assertTrue(count.failed() <= count.allowed(), count::toString);
    }
  }

  private void assertAllowed(Order order, Member member) {
    switch (order) {
      case Order.Back back -> assertNotEquals(RolloutCases.NEW, back.slot().digest());
      case Order.Issue _ -> {
        assertFalse(aborted, "nobody begins after an abort");
        assertTrue(
            cases.phase("r-1") instanceof Phase.Running(int wave) && member.wave() <= wave,
            () -> member + " in " + cases.phase("r-1"));
        assertTrue(member.step().forward(), member::toString);
      }
    }
  }
}
