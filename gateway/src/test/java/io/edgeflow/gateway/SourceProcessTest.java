package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway beside a broker that was there already, as whole processes would be. */
@Timeout(180)
final class SourceProcessTest {
  @TempDir Path temp;
  private EmbeddedBroker other;
  private EdgeSettings settings;

  @BeforeEach
  void start() throws Exception {
    other = EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), services -> {});
    Path file =
        Files.writeString(
            temp.resolve("gateway.yaml"),
            "sources: { hall-2: { url: 'tcp://127.0.0.1:%d', topics: ['sensors/#'] } }"
                .formatted(other.port()));
    settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
  }

  @AfterEach
  void stop() {
    other.close();
  }

  private RunningEdge edge() throws Exception {
    return new RunningEdge(settings, Surroundings.real()).awaitStarted();
  }

  private static void awaitAccepted(RunningEdge edge, long readings) throws Exception {
    edge.await("/api/v1/ledger", answer -> answer.at("/accepted").asLong() == readings);
  }

  private static void awaitAcknowledged(RunningEdge edge, int messages) throws Exception {
    String line =
        "edgeflow_source_messages_total{outcome=\"acknowledged\",source=\"hall-2\"} %d.0"
            .formatted(messages);
    edge.await("/metrics", answer -> answer.body().contains(line));
  }

  private static void awaitConnected(RunningEdge edge) throws Exception {
    edge.await(
        "/api/v1/status", answer -> answer.at("/sources/0/state").asText().equals("connected"));
  }

  @Test
  void takesWhatWasPublishedWhileItWasAway() throws Exception {
    try (var edge = edge();
        var sensor = new TestSensor(other.port())) {
      awaitConnected(edge);
      assertTrue(sensor.acknowledged(sensor.publish(1)));
      awaitAccepted(edge, 1);
      // Else it comes again, and has no stamp by which anybody could know it.
      awaitAcknowledged(edge, 1);
    }
    try (var sensor = new TestSensor(other.port())) {
      for (int i = 0; i < 100; i++) {
        assertTrue(sensor.acknowledged(sensor.publish(i)));
      }
    }
    try (var edge = edge()) {
      awaitAccepted(edge, 101);
      JsonNode source = edge.status().at("/sources/0");
      assertEquals("hall-2", source.path("name").asText());
      assertEquals("tcp://127.0.0.1:" + other.port(), source.path("url").asText());
      assertEquals("5", source.path("mqttVersion").asText());
      assertTrue(source.path("resumed").asBoolean());
      assertEquals(100, source.path("received").asLong());
      awaitAcknowledged(edge, 100);
      assertTrue(
          edge.get("/metrics").body().contains("edgeflow_source_connected{source=\"hall-2\"} 1.0"));
      assertEquals(
          99.0, edge.get("/api/v1/latest").json().at("/readings/0/value").asDouble(), 1e-9);
    }
  }

  @Test
  void startsWhereTheOtherBrokerIsAway() throws Exception {
    other.close();
    try (var edge = edge()) {
      edge.await(
          "/api/v1/status",
          answer -> answer.at("/sources/0/lastError").asText().contains("Connection refused"));
      edge.await("/ready", ready -> ready.status() == 200);
    }
  }
}
