package io.edgeflow.inference.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RendezvousTest {
  private static final int SUBJECTS = 3_000;

  private static Map<String, String> owners(String... nodes) {
    var rendezvous = new Rendezvous(List.of(nodes));
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < SUBJECTS; i++) {
      owners.put("pump-" + i + "/flow", rendezvous.owner("wear", "pump-" + i + "/flow"));
    }
    return owners;
  }

  @Test
  void dividesEvenly() {
    Map<String, Integer> counts = new TreeMap<>();
    owners("jetson-1", "jetson-2", "jetson-3")
        .values()
        .forEach(node -> counts.merge(node, 1, Integer::sum));
    assertEquals(3, counts.size());
    counts.values().forEach(count -> assertTrue(count > 900 && count < 1_100, counts::toString));
  }

  @Test
  void oneThatGoesLeavesTheOthersShares() {
    Map<String, String> three = owners("a", "b", "c");
    Map<String, String> two = owners("b", "a");
    three.forEach(
        (subject, owner) -> {
          if (!owner.equals("c")) {
            assertEquals(owner, two.get(subject));
          }
        });
  }

  /** One device must not have all its slots at one node, nor every node its own opinion. */
  @Test
  void dependsOnTheSlotAndNotOnTheOrderOfNodes() {
    var one = new Rendezvous(List.of("a", "b"));
    var other = new Rendezvous(List.of("b", "a"));
    int same = 0;
    for (int i = 0; i < SUBJECTS; i++) {
      assertEquals(one.owner("wear", "p" + i), other.owner("wear", "p" + i));
      same += one.owner("wear", "p" + i).equals(one.owner("any", "p" + i)) ? 1 : 0;
    }
    assertTrue(same > SUBJECTS * 0.4 && same < SUBJECTS * 0.6, same + " of " + SUBJECTS);
  }
}
