package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counters and stale values in the edge process as a whole, as configured, over a restart. */
@Timeout(60)
final class TruthProcessTest {
  private static final String GAUGES = "series: [{ match: '*', unit: Wh }]\n";
  private static final String COUNTERS =
      "series: [{ match: '*', kind: counter, rollOver: 1000, staleAfter: 1s }]\n";

  @TempDir Path temp;

  @Test
  void countsOnAndSaysWhenTheSensorIsSilent() throws Exception {
    Path file = Files.writeString(temp.resolve("gateway.yaml"), GAUGES);
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      assertTrue(sensor.acknowledged(sensor.publish(400)));
      assertEquals("gauge", latest(edge).at("/kind").asText());
    }
    Files.writeString(file, COUNTERS);
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      assertEquals("counter", latest(edge).at("/kind").asText());
      assertEquals("Wh", latest(edge).at("/unit").asText(), "of before");
      assertTrue(sensor.acknowledged(sensor.publish(900)));
      assertTrue(sensor.acknowledged(sensor.publish(100)));
      assertEquals(1_100, latest(edge).at("/value").asDouble());
      assertTrue(sensor.acknowledged(sensor.publish(7)));
      edge.await("/api/v1/latest", answer -> answer.body().contains("\"stale\""));
      JsonNode stale = latest(edge);
      assertEquals(1_107, stale.at("/value").asDouble());
      assertTrue(
          stale.at("/valueAge").asLong() >= stale.at("/age").asLong() + 900, stale::toString);
    }
    Files.writeString(file, COUNTERS.replace("1s", "1h"));
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      assertEquals("stale", latest(edge).at("/quality").asText());
      assertTrue(sensor.acknowledged(sensor.publish(8)));
      assertEquals(1_108, latest(edge).at("/value").asDouble());
      assertEquals("good", latest(edge).at("/quality").asText());
      JsonNode ledger = edge.get("/api/v1/ledger").json();
      assertTrue(ledger.at("/accepted").asLong() >= 6, ledger::toString);
      assertEquals(ledger.at("/received").asLong(), ledger.at("/accepted").asLong());
    }
  }

  private static JsonNode latest(RunningEdge edge) throws Exception {
    return edge.get("/api/v1/latest").json().at("/readings/0");
  }
}
