package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.wire.document.Fate;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The account of edges that do everything that they may, in any order (L3, L6, L7, L9): it balances
 * after each step, and in the end nothing is missing.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class LedgerModelIT {
  private static final int STEPS = 260;

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void balancesWhateverAnEdgeDoes() throws Exception {
    try (var cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      for (int edge = 0; edge < 3; edge++) {
        attack(cloud, new EdgeModel("pi-" + edge, random.split()), "pi-" + edge);
      }
    }
  }

  private void attack(ServedCloud cloud, EdgeModel edge, String name) throws Exception {
    cloud.greet(edge.hello());
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> edge.number();
        case 5, 6, 7 -> send(cloud, edge.next());
        case 8 -> edge.coarsen();
        case 9 -> edge.drop();
        case 10 -> cloud.greet(edge.hello());
        default -> {
          if (random.nextInt(4) == 0) {
            edge.restart();
            cloud.greet(edge.hello());
          }
        }
      }
      if (step % 13 == 0) {
        balances(cloud, name);
      }
    }
    cloud.greet(edge.hello());
    for (EdgeModel.Held held : edge.pending()) {
      send(cloud, held);
    }
    // Copies of a directory may still hold what was replaced.
    for (EdgeModel.Held held : edge.superseded()) {
      cloud.store(held.frame);
    }
    cloud.greet(edge.hello());
    JsonNode ledger = balances(cloud, name);
    assertEquals(edge.kept(), ledger.at("/readings/stored").asLong(), words(ledger));
    assertEquals(0, ledger.at("/totals/window/missing/frames").asLong(), words(ledger));
    for (JsonNode lane : ledger.get("lanes")) {
      assertEquals("balanced", lane.get("state").asText(), words(ledger));
    }
  }

  /** Half of the verdicts get lost. */
  private void send(ServedCloud cloud, EdgeModel.@org.jspecify.annotations.Nullable Held held)
      throws Exception {
    if (held == null) {
      return;
    }
    cloud.store(held.frame);
    held.stored = true;
    if (held.fate == null && random.nextBoolean()) {
      held.fate = Fate.COMMITTED;
    }
  }

  private JsonNode balances(ServedCloud cloud, String edge) throws Exception {
    JsonNode ledger = cloud.get("/api/v1/ledger?audit=true&edge=" + edge);
    assertTrue(ledger.get("balances").asBoolean(), words(ledger));
    return ledger;
  }

  private String words(JsonNode ledger) {
    return "seed " + seed + ": " + ledger.toPrettyString();
  }
}
