package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DrawTest {
  @Test
  void wavesAreCumulativeCountsAndShares() {
    assertEquals(List.of(1, 19, 80, 100), sizes(200, "[1, 10%, 50%, 100%]"));
    assertEquals(List.of(2, 1), sizes(3, "[2, 5]"), "no more than there are");
    assertEquals(List.of(1, 2), sizes(3, "[1, 10%, 33%, 100%]"), "empty waves are none");
    assertEquals(List.of(1, 1, 3), sizes(5, "[1, 33.3%, 100%]"), "a part of an edge is one");
    assertEquals(List.of(5), sizes(20, "[25%]"));
  }

  @Test
  void noWaveTakesAWholeSiteWhileItCanTakeOthers() {
    var cases = new RolloutCases();
    int[] sizes = {2, 3, 5, 40, 50};
    for (int site = 0; site < sizes.length; site++) {
      for (int i = 0; i < sizes[site]; i++) {
        cases.add(new TestEdge("pi-" + site + "-" + i)).site = "site-" + site;
      }
    }
    cases.start("r-1", "waves: [20%, 45%, 100%]");
    cases.step();
    Map<String, Long> first = bySite(cases, 0);
    assertEquals(Map.of("site-1", 1L, "site-2", 1L, "site-3", 8L, "site-4", 10L), first);
    Map<String, Long> second = bySite(cases, 1);
    first.forEach((site, count) -> second.merge(site, count, Long::sum));
    for (int site = 0; site < sizes.length; site++) {
      assertTrue(second.getOrDefault("site-" + site, 0L) < sizes[site], second::toString);
    }
  }

  @Test
  void theSameRolloutDrawsTheSameAndAnotherDoesNot() {
    assertEquals(first("r-1"), first("r-1"));
    assertNotEquals(first("r-1"), first("r-2"));
  }

  @Test
  void edgesThatAreAwayComeLast() {
    var cases = RolloutCases.of(10);
    for (int i = 1; i <= 5; i++) {
      cases.edge("pi-" + i).online = false;
      cases.edge("pi-" + i).site = i < 4 ? "east" : "west"; // Of one site nobody is there.
    }
    cases.start("r-1", "waves: [50%, 100%]");
    cases.step();
    assertTrue(cases.wave("r-1", 0).stream().allMatch(edge -> edge.online));
  }

  @Test
  void selectsByNameSiteAndLabelTogether() {
    var cases = RolloutCases.of(4);
    cases.edge("pi-1").labels = Map.of("hall", "3");
    cases.edge("pi-2").labels = Map.of("hall", "3");
    cases.edge("pi-2").site = "east";
    cases.edge("pi-3").labels = Map.of("hall", "4");
    cases.start(
        "r-1", "waves: [100%]; selector: {edges: ['pi-*'], sites: [we*], labels: {hall: 3}}");
    cases.step();
    assertEquals(List.of("pi-1"), cases.asked(RolloutCases.NEW));
  }

  @Test
  void anEdgeThatRunsItAlreadyIsNoProofOfAnything() {
    var cases = RolloutCases.of(2);
    cases.start("r-1", "selector: {edges: [pi-1]}");
    cases.step();
    cases.edge("pi-1").proves();
    cases.step();
    cases.start("r-2", "waves: [1, 100%]");
    cases.step();
    assertEquals("runs it already", cases.member("r-2", "pi-1").detail());
    assertEquals(List.of(cases.edge("pi-2")), cases.wave("r-2", 0));
  }

  @Test
  void whereNobodyCanBeAskedItSaysSo() {
    var cases = RolloutCases.of(1);
    cases.edge("pi-1").pinned.add("health");
    cases.edge("pi-1").saw();
    cases.start("r-1", "");
    cases.step();
    assertEquals(new Phase.Paused(-1, "no edge that is selected can take it"), cases.phase("r-1"));
    assertEquals("is pinned", cases.member("r-1", "pi-1").detail());
    cases.add(new TestEdge("pi-2"));
    cases.order("r-1", Command.Verb.RESUME);
    cases.step();
    assertEquals(new Phase.Running(0), cases.phase("r-1"));
  }

  private static List<Integer> sizes(int edges, String waves) {
    var cases = RolloutCases.of(edges);
    cases.start("r-1", "waves: " + waves);
    cases.step();
    return java.util.stream.IntStream.range(0, cases.rollout("r-1").waves())
        .map(wave -> cases.wave("r-1", wave).size())
        .boxed()
        .toList();
  }

  private static List<String> first(String id) {
    var cases = RolloutCases.of(50);
    cases.start(id, "waves: [5, 100%]");
    cases.step();
    return cases.asked(RolloutCases.NEW);
  }

  private static Map<String, Long> bySite(RolloutCases cases, int wave) {
    return new TreeMap<>(
        cases.wave("r-1", wave).stream()
            .collect(Collectors.groupingBy(edge -> edge.site, Collectors.counting())));
  }
}
