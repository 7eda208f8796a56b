package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job: a number goes in over MQTT and comes out of the cloud's API; garbage costs nobody
 * anything.
 */
final class HouseIT {
  private static final Duration START = Duration.ofSeconds(90);

  /** A process that has not closed after five seconds cuts itself off and does not end with 0. */
  private static final Duration STOP = Duration.ofSeconds(30);

  @TempDir Path home;

  private final Instant began = Instant.now();
  private House house;

  @BeforeEach
  void startsTheHouse() throws IOException {
    house =
        new House(
            House.Design.plain(
                home, List.of("window.length=2s", "limits.maxSeries=20", "uplink.resendAfter=2s")));
    house.cloud().start();
    house.gateway().start();
    house.cloud().awaitReady(START);
    house.gateway().awaitReady(START);
  }

  @AfterEach
  void stopsTheHouse() {
    house.close();
  }

  @Test
  void bringsANumberFromMqttToTheQueryApi() throws Exception {
    try (Sensor sensor = new Sensor(house.sensors())) {
      sensor.publish("sensors/pump-7/flow", "21.5");
      sensor.publish("sensors/pump-7/flow", "22.5");
    }

    awaitStored(Map.of("pump-7/flow", 2L));
    JsonNode latest = house.cloud().json("/api/v1/latest?series=pi-7/pump-7/flow");
    assertTrue(latest.toString().contains("22.5"), latest::toString);
    assertTrue(house.gateway().json("/api/v1/ledger").path("balanced").asBoolean());
  }

  @Test
  void countsEveryKindOfBadInputAndLetsItsNeighboursThrough() throws Exception {
    try (Sensor sensor = new Sensor(house.sensors())) {
      sensor.publish("sensors/pump-7/flow", "21.5");
      sensor.publish("sensors/pump-7/flow", "hello");
      sensor.publish("sensors/pump-7/flow", "x".repeat(300_000));
      sensor.publish(
          "sensors/pump-7/flow", "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
      sensor.publish("sensors/pump-7/flow", "NaN");
      sensor.publish("sensors/pump-7/flow", "{\"value\":1e200}");
      sensor.publish("sensors/pump-7/flow", "{\"value\":1,\"ts\":\"noon\"}");
      sensor.publish("plant/flow", "1");
      sensor.publish("sensors/pump-7/fl*w", "1");
      sensor.publish("sensors/pump-7/flow", "\"a text\"");
      for (int i = 0; i < 25; i++) {
        sensor.publish("sensors/many/point-" + i, "1");
      }
      sensor.publish("sensors/pump-7/flow", "22.5");
    }

    Set<String> reasons = new HashSet<>();
    for (JsonNode one : house.gateway().json("/api/v1/rejects").path("recent")) {
      reasons.add(one.path("reason").asText());
    }
    assertEquals(
        Set.of(
            "unparseable",
            "too-large",
            "too-deep",
            "not-a-number",
            "out-of-range",
            "bad-stamp",
            "no-mapping",
            "bad-series-name",
            "kind-mismatch",
            "series-limit"),
        reasons);
    JsonNode ledger = house.gateway().json("/api/v1/ledger");
    assertTrue(ledger.path("balanced").asBoolean(), ledger::toString);
    assertEquals(6, ledger.path("refused").path("series-limit").asLong());
    Eventually.holds(
        "the good readings are stored",
        () -> StoredCounts.of(house, began).getOrDefault("pump-7/flow", 0L) == 2,
        this::lastWords);
  }

  @Test
  void flushesAndEndsWithinFiveSecondsWhenAskedTo() throws Exception {
    try (Sensor sensor = new Sensor(house.sensors())) {
      sensor.publish("sensors/pump-7/flow", "21.5");
    }
    Eventually.holds("the link works", house.gateway()::linked, this::lastWords);
    assertEquals(0, house.gateway().child().stop(STOP), house.gateway().child()::lastWords);

    awaitStored(Map.of("pump-7/flow", 1L));
    assertEquals(0, house.cloud().child().stop(STOP), house.cloud().child()::lastWords);
  }

  private void awaitStored(Map<String, Long> counts) throws InterruptedException {
    Eventually.holds(
        "stored " + counts, () -> StoredCounts.of(house, began).equals(counts), this::lastWords);
  }

  private String lastWords() {
    return house.gateway().child().lastWords() + "\n" + house.cloud().child().lastWords();
  }
}
