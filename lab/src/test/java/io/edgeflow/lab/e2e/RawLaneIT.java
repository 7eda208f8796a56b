package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.buffer.Buffer;
import io.edgeflow.lab.child.House;
import io.edgeflow.process.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single readings, reported and fetched, come out of the cloud's database (L11). */
final class RawLaneIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String SERIES =
      "series=[{match: \"pump-7/*\", report: {mode: deadband, deadband: 1, maxSilence: 1h}}]";

  @TempDir Path home;

  private final long began = Instant.now().toEpochMilli();
  private House house;
  private String gateway = "";

  @BeforeEach
  void startsTheHouse() throws IOException {
    House.Addresses at = House.Addresses.free();
    gateway = "http://127.0.0.1:" + at.gatewayHttp();
    house =
        new House(
            new House.Design(
                home,
                at,
                at.cloudBroker(),
                House.Design.GATEWAY,
                List.of("window.length=2s", SERIES)));
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
  void bringsReportedAndFetchedReadingsToTheCloudsTable() throws Exception {
    try (Sensor sensor = new Sensor(house.sensors())) {
      double[] values = {10, 10.5, 11, 12, 12.5, 9};
      for (int i = 0; i < values.length; i++) {
        String reading = "{\"value\":" + values[i] + ",\"ts\":" + (began + i) + "}";
        sensor.publish("sensors/pump-7/flow", reading);
        sensor.publish("sensors/pump-8/flow", reading);
      }
    }
    Eventually.holds(
        "the reported readings are stored",
        () -> raw("pump-7/flow").equals(List.of(10.0, 12.0, 9.0)),
        this::lastWords);
    assertEquals(List.of(), raw("pump-8/flow"));

    assertEquals(0, fetch("pump-8/*"), this::lastWords);
    assertEquals(List.of(10.0, 10.5, 11.0, 12.0, 12.5, 9.0), raw("pump-8/flow"));

    JsonNode edge = house.gateway().json("/api/v1/ledger");
    assertTrue(edge.path("balanced").asBoolean(), edge::toString);
    assertEquals(3, edge.at("/reports/reported").asLong(), edge::toString);
    assertEquals(6, edge.at("/reports/fetched").asLong(), edge::toString);
    assertEquals(9, edge.at("/lanes/raw/framed/readings").asLong(), edge::toString);
    assertEquals(9, edge.at("/lanes/raw/delivered/readings").asLong(), edge::toString);
    Eventually.holds(
        "the windows count every reading",
        () ->
            StoredCounts.of(house, Instant.ofEpochMilli(began)).getOrDefault("pump-7/flow", 0L)
                == 6,
        this::lastWords);
    JsonNode cloud = house.cloud().json("/api/v1/ledger?audit=true");
    assertTrue(cloud.path("balances").asBoolean(), cloud::toString);
  }

  /** Returns when the cloud has committed what was fetched. */
  private int fetch(String series) {
    StringWriter said = new StringWriter();
    return CommandRunner.line(new Buffer())
        .setOut(new PrintWriter(said, true))
        .execute(
            "fetch",
            "--gateway",
            gateway,
            "--series",
            series,
            "--from",
            Long.toString(began),
            "--to",
            Long.toString(began + 60_000));
  }

  private List<Double> raw(String series) throws IOException {
    String path =
        "/api/v1/raw?series=pi-7/%s&from=%d&to=%d".formatted(series, began - 1, began + 60_000);
    List<Double> values = new ArrayList<>();
    for (JsonNode one : house.cloud().json(path).path("series")) {
      one.path("readings").forEach(reading -> values.add(reading.path("value").asDouble()));
    }
    return values;
  }

  private String lastWords() {
    return house.gateway().child().lastWords() + "\n" + house.cloud().child().lastWords();
  }
}
