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

/** Alarms in the edge process as a whole, from a sensor to whoever answers, over a restart. */
@Timeout(60)
final class AlarmProcessTest {
  private static final String ALARMS =
      """
      alarms:
        - { name: flow, series: "*/flow", limits: { h: 20 }, priority: high }
      """;

  @TempDir Path temp;

  @Test
  void raisesShowsAndRemembers() throws Exception {
    Path file = Files.writeString(temp.resolve("gateway.yaml"), ALARMS);
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      assertEquals(0, alarms(edge).size());
      assertTrue(sensor.acknowledged(sensor.publish(21.5)));
      JsonNode raised = alarms(edge).get(0);
      assertEquals("unacknowledged", raised.at("/state").asText(), raised::toString);
      assertEquals("21.5", raised.at("/value").asText());
      String path = "/api/v1/alarms/" + raised.at("/id").asText() + "/ack";
      assertEquals(200, edge.post(path, "{\"who\":\"ada\"}").status());
      edge.await(
          "/api/v1/ledger", // Raised and acknowledged, told to the cloud.
          answer -> answer.body().matches(".*\"event\":\\{\"framed\":\\{\"frames\":[1-9].*"));
    }
    Files.writeString(file, ALARMS + "  - { name: never, series: press-9/flow, stale: 1s }\n");
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      assertEquals("acknowledged", alarms(edge).at("/0/state").asText());
      edge.await("/api/v1/alarms", answer -> answer.body().contains("\"press-9/flow\""));
    }
  }

  private static JsonNode alarms(RunningEdge edge) throws Exception {
    return edge.get("/api/v1/alarms").json().at("/alarms");
  }
}
