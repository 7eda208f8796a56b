package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge process as a whole. */
@Timeout(60)
final class EdgeProcessTest {
  @TempDir Path temp;

  @Test
  void showsAtEveryPlaceThatThePromiseIsOff() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge =
        new RunningEdge(settings, Surroundings.real(), "journal.acknowledge=received")) {
      edge.awaitStarted();
      JsonNode promise = edge.status().at("/promise");
      assertEquals("off", promise.at("/state").asText());
      assertEquals(2_000, promise.at("/lossMillis").asInt());
      assertTrue(promise.at("/atRisk").asText().startsWith("a power cut"), promise::toString);
      assertTrue(edge.get("/metrics").body().contains("edgeflow_promise 0.0"));
      edge.await(
          "/api/v1/ledger", // The event promise-off, and nothing else.
          answer -> answer.body().contains("\"event\":{\"framed\":{\"frames\":1"));
    }
    assertEquals(
        Map.of("edgeflow.promise", "off"),
        RiskParts.labels(settings.with("journal.acknowledge=received").value()));
  }

  @Test
  void saysWhatIsAtRiskWhileThePromiseHolds() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      JsonNode promise = edge.status().at("/promise");
      assertEquals("on", promise.at("/state").asText());
      assertEquals(0, promise.at("/lossMillis").asInt());
      assertTrue(promise.at("/outageDays").asDouble() > 0, promise::toString);
      assertTrue(promise.at("/syncsPerDay").asLong() > 0, promise::toString);
      assertTrue(edge.get("/metrics").body().contains("edgeflow_promise 1.0"));
    }
    assertEquals(Map.of(), RiskParts.labels(settings.with().value()));
    assertEquals(
        Map.of("edgeflow.behind", "site-1"),
        RiskParts.labels(settings.with("hub.behind=site-1").value()));
  }

  /** Against the budget counts all that the gateway keeps, not the journal alone. */
  @Test
  void showsWhatCountsTowardsTheBudget() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge =
        new RunningEdge(
                settings, Surroundings.real(), "buffer.maxBytes=8MiB", "buffer.reserve=2MiB")
            .awaitStarted()) {
      JsonNode journal = edge.status().at("/journal");
      assertEquals(8 << 20, journal.at("/maxBytes").asLong());
      assertTrue(journal.at("/bytes").asLong() >= 2 << 20, journal::toString);
    }
  }

  @Test
  void findsATakenWebPortBeforeItTouchesAnythingElse() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var holder = new ServerSocket(settings.httpPort, 1, InetAddress.getLoopbackAddress())) {
      var refusal =
          assertThrows(
              IOException.class,
              () ->
                  EdgeProcess.start(
                      settings.with(), new Lifecycle("gateway"), Surroundings.real()));

      assertTrue(
          String.valueOf(refusal.getMessage()).contains("127.0.0.1:" + holder.getLocalPort()),
          refusal::toString);
      assertFalse(Files.exists(settings.dataDir), "the data directory was made");
    }
  }
}
