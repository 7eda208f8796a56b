package io.edgeflow.gateway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgentStateTest {
  /** The oldest of all, but the one that keeps an older bundle out of that slot. */
  @Test
  void remembersTheFloorOfWhatADocumentAsksForThoughItNamesOthers() {
    AgentState state = AgentState.EMPTY.raiseFloor("wear", 9);
    for (int i = 1; i < Deployment.MAX_FLOORS; i++) {
      state = state.raiseFloor("model-" + i, 1);
    }
    AgentState next = state.follow(document(Map.of("leak", 5L)), "d1", 0);
    assertEquals(Deployment.MAX_FLOORS, next.floors().size());
    assertEquals(9, next.floors().getOrDefault("wear", 0L));
    assertEquals(5, next.floors().getOrDefault("leak", 0L));
    AgentState later = next.raiseFloor("pump", 3);
    assertEquals(Deployment.MAX_FLOORS, later.floors().size());
    assertEquals(9, later.floors().getOrDefault("wear", 0L));
    assertEquals(3, later.floors().getOrDefault("pump", 0L));
  }

  private static Desired document(Map<String, Long> floors) {
    var slot =
        new DesiredSlot(
            PayloadKind.MODEL,
            "health",
            "wear",
            "1",
            Digests.of("wear 1"),
            "r1",
            Duration.ZERO,
            Duration.ZERO);
    return new Desired(
        "plant",
        "pi-1",
        1,
        0,
        0,
        List.of(slot),
        List.of(),
        List.of(),
        List.of(),
        floors,
        Optional.empty());
  }
}
