package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a rollout would do, and what a site may do of it alone. */
final class PlanTest {
  @Test
  void saysTheWavesThatItWouldHave() {
    var cases = RolloutCases.of(20);
    Plan plan = plan(cases, "shadow: 5m; soak: 10m");
    cases.start("r-1", "shadow: 5m; soak: 10m");
    cases.step();
    for (Plan.Wave wave : plan.waves()) {
      assertEquals(
          cases.wave("r-1", wave.number() - 1).stream().map(edge -> edge.name).toList(),
          wave.edges());
    }
    assertEquals(List.of(1, 1, 8, 10), plan.waves().stream().map(w -> w.edges().size()).toList());
    assertEquals(Duration.ofHours(1), plan.shortest());
    assertEquals(20_000, plan.bytes());
    assertEquals(List.of(), plan.stragglers());
    assertEquals("", plan.behind());
  }

  @Test
  void whatAnEdgeHasIsNotFetchedAgain() {
    var cases = RolloutCases.of(4);
    deployed(cases.edge("pi-1"), RolloutCases.NEW, DeployState.ROLLED_BACK, "", 0);
    deployed(cases.edge("pi-2"), RolloutCases.NEW, DeployState.DOWNLOADING, "", 300);
    deployed(cases.edge("pi-3"), RolloutCases.OLD, DeployState.ACTIVE, RolloutCases.NEW, 0);
    deployed(cases.edge("pi-4"), RolloutCases.OLD, DeployState.ACTIVE, "", 900);
    assertEquals(700 + 1_000, plan(cases, "").bytes());
  }

  @Test
  void namesWhoHoldsItUpAndWhoTakesNoPart() {
    var cases = RolloutCases.of(4);
    cases.edge("pi-1").online = false;
    cases.edge("pi-1").heard = Optional.of(RolloutCases.START);
    cases.edge("pi-2").pinned.add("health");
    cases.edge("pi-2").saw();
    cases.edge("pi-3").zone = ZoneId.of("Asia/Tokyo");
    Plan plan = plan(cases, "waves: [100%]; windows: [{from: '12:00', to: '14:00'}]");
    assertEquals(
        List.of(
            new Plan.Straggler(
                "pi-1", "west", false, false, "is offline, heard last at 2026-03-02T12:00:00Z"),
            new Plan.Straggler("pi-2", "west", true, false, "is pinned"),
            new Plan.Straggler(
                "pi-3",
                "west",
                false,
                false,
                "waits for its window, which opens at 2026-03-03T12:00+09:00[Asia/Tokyo]")),
        plan.stragglers());
    assertEquals(Duration.ofHours(15).plusMinutes(15), plan.shortest());
  }

  @Test
  void namesWhoCouldNotTakeIt() {
    var cases = RolloutCases.of(3);
    cases.edge("pi-2").slots = Set.of("wear", "level");
    cases.edge("pi-2").online = false;
    cases.edge("pi-3").slots = Set.of("health", "wear");
    assertEquals(
        List.of(
            new Plan.Straggler(
                "pi-2", "west", false, true, "has no slot health, only level, wear")),
        plan(cases, "").stragglers());
  }

  @Test
  void saysWhomItWaitsFor() {
    var cases = RolloutCases.of(1);
    cases.start("r-0", "");
    cases.step();
    cases.now = cases.now.plusSeconds(1);
    assertEquals("r-0", plan(cases, "").behind());
  }

  @Test
  void aSiteMayGoOnWithWhatItHasBegunWithTheWavesThatAreLeft() {
    var cases = RolloutCases.of(6);
    List.of("pi-4", "pi-5", "pi-6").forEach(name -> cases.edge(name).site = "east");
    cases.start("r-1", "waves: [2, 4, 100%]; mandate: 8h; failures: {most: 2}");
    cases.step();
    Set<String> east = Set.of("pi-4", "pi-5", "pi-6", "pi-9");
    SiteMandate mandate = mandate(cases, east).orElseThrow();
    assertEquals(Duration.ofHours(8), mandate.lasts());
    assertEquals(Duration.ofHours(8), mandate.patience(), "no longer than the mandate");
    assertEquals(3, mandate.waves().size());
    assertEquals(2, mandate.failuresAllowed());
    SiteMandate.Seat seat = mandate.waves().getFirst().seats().getFirst();
    assertEquals(RolloutCases.NEW, seat.forward().digest());
    assertEquals("", seat.back().digest());
    assertEquals("r-1", seat.back().rollout());
    cases.order("r-1", Command.Verb.PAUSE);
    assertEquals(Optional.empty(), mandate(cases, east), "nobody goes on with what is paused");
  }

  @Test
  void aSiteThatHasNothingToJudgeByGetsNoMandate() {
    var cases = RolloutCases.of(6);
    cases.start("r-1", "waves: [1, 100%]; mandate: 8h");
    cases.step();
    Set<String> others = Set.copyOf(cases.wave("r-1", 1).stream().map(e -> e.name).toList());
    assertEquals(Optional.empty(), mandate(cases, others));
  }

  @Test
  void aMandateEndsWithTheFirstWindowThatCloses() {
    var cases = RolloutCases.of(2);
    cases.edge("pi-2").zone = ZoneId.of("Europe/Berlin");
    cases.start("r-1", "waves: [100%]; mandate: 8h; windows: [{from: '12:00', to: '15:00'}]");
    cases.step();
    assertEquals(
        Optional.of(Duration.ofHours(2)),
        mandate(cases, Set.of("pi-1", "pi-2")).map(SiteMandate::lasts));
    assertEquals(
        Optional.of(Duration.ofHours(8)),
        mandate(cases, Set.of("pi-1", "pi-2")).map(SiteMandate::patience));
    cases.now = Instant.parse("2026-03-02T14:00:00Z");
    assertEquals(Optional.empty(), mandate(cases, Set.of("pi-1", "pi-2")));
    assertTrue(mandate(cases, Set.of("pi-1")).isPresent());
  }

  @Test
  void progressSaysWhereEachWaveAndEdgeIs() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "waves: [1, 100%]");
    cases.step();
    TestEdge first = cases.wave("r-1", 0).getFirst();
    first.says(DeployState.ACTIVE, false, RolloutCases.good(40));
    cases.step();
    Progress progress = Progress.of(cases.rollout("r-1"), cases.fleet(), cases.now);
    assertEquals("runs wave 1 of 2", progress.text());
    assertEquals("0 of 1 edge passed, 1 needed, 1 soaking", progress.waves().getFirst().text());
    assertEquals(Verdict.INCONCLUSIVE, progress.waves().getFirst().verdict());
    Progress.Edge edge =
        progress.edges().stream()
            .filter(e -> e.edge().equals(first.name))
            .findFirst()
            .orElseThrow();
    assertEquals(Member.Step.ACTIVE, edge.step());
    assertEquals("40 rows, 100 needed", edge.gates().getFirst().text());
  }

  /**
   * Somebody switched the slot off at the edge: nobody at the cloud would know what it waits for.
   */
  @Test
  void progressSaysWhatHoldsUpTheWayBack() {
    var cases = RolloutCases.of(1);
    cases.start("r-1", "waves: [100%]");
    cases.step();
    TestEdge edge = cases.edge("pi-1");
    edge.says(DeployState.ACTIVE, false, RolloutCases.good(40));
    cases.step();
    cases.order("r-1", Command.Verb.UNDO);
    cases.step();
    assertEquals("soaks", only(cases).detail());
    edge.waitsFor = "the slot is disabled";
    edge.says(DeployState.VERIFIED, false, Evidence.NONE);
    cases.step();
    assertEquals(Member.Step.GOING_BACK, only(cases).step());
    assertEquals("soaks; the edge says: the slot is disabled", only(cases).detail());
  }

  private static Progress.Edge only(RolloutCases cases) {
    return Progress.of(cases.rollout("r-1"), cases.fleet(), cases.now).edges().getFirst();
  }

  private static Optional<SiteMandate> mandate(RolloutCases cases, Set<String> site) {
    return SiteMandate.of(cases.rollout("r-1"), cases.fleet(), "hub", site, cases.now);
  }

  private static Plan plan(RolloutCases cases, String text) {
    FleetSpec spec = RolloutCases.spec(text);
    Target target = RolloutCases.target(spec, RolloutCases.NEW);
    return Planner.plan(
        RolloutState.draft("r-1", spec, target, cases.now), cases.fleet(), cases.now);
  }

  private static void deployed(
      TestEdge edge, String digest, DeployState state, String previous, long done) {
    edge.deployed.put(
        "health",
        new DeployedSlot(
            PayloadKind.MODEL,
            "health",
            "m",
            "1",
            digest,
            "r-0",
            state,
            true,
            "",
            previous,
            0,
            done,
            1_000,
            Evidence.NONE));
    edge.saw();
  }
}
