package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.buffer.Buffer;
import io.edgeflow.lab.child.House;
import io.edgeflow.models.cli.Model;
import io.edgeflow.process.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single readings, reported, fetched and around an alarm, come out of the cloud's database (L11),
 * and a model is fitted to the minutes of series that were not.
 */
final class RawLaneIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String SERIES =
      "series=[{match: \"pump-7/*\", report: {mode: deadband, deadband: 1, maxSilence: 1h}}]";
  private static final String ALARM =
      "alarms=[{name: high, series: \"pump-9/*\", limits: {h: 100}}]";

  private static final int MINUTES = 600;

  @TempDir Path home;

  private final long began = Instant.now().toEpochMilli();
  private House house;
  private String gateway = "";
  private String cloud = "";

  @BeforeEach
  void startsTheHouse() throws IOException {
    House.Addresses at = House.Addresses.free();
    gateway = "http://127.0.0.1:" + at.gatewayHttp();
    cloud = "http://127.0.0.1:" + at.cloudHttp();
    house =
        new House(
            new House.Design(
                home,
                at,
                at.cloudBroker(),
                House.Design.GATEWAY,
                List.of("window.length=2s", SERIES, ALARM)));
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
    bringsWhatIsAroundAnAlarm();
    JsonNode audit = house.cloud().json("/api/v1/ledger?audit=true");
    assertTrue(audit.path("balances").asBoolean(), audit::toString);
    fitsAModelToTheMinutesThatAreStored();
  }

  private void fitsAModelToTheMinutesThatAreStored() throws Exception {
    Instant from =
        Instant.ofEpochMilli(began)
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(Duration.ofMinutes(MINUTES + 60));
    try (Sensor sensor = new Sensor(house.sensors())) {
      for (String point : List.of("flow", "pressure")) {
        sensor.publish("sensors/pump-6/" + point, minutesFrom(from));
      }
    }
    Instant to = from.plus(Duration.ofMinutes(MINUTES));
    Long all = 2L * MINUTES;
    Eventually.holds(
        "the minutes are stored",
        () -> {
          Map<String, Long> stored = StoredCounts.between(house, from, to);
          return all.equals(stored.get("pump-6/flow")) && all.equals(stored.get("pump-6/pressure"));
        },
        this::lastWords);
    Path bundle = home.resolve("pumps");
    String[] past = {"--from=" + cloud, "--since=" + from, "--until=" + to, "--edge=pi-7"};
    String built =
        model(
            past,
            "build",
            "--recipe=pca",
            "--series={device}/flow,{device}/pressure",
            "--out=" + bundle);
    assertTrue(built.contains(2 * MINUTES + " minutes"), built);
    assertTrue(built.contains("all as expected"), built);
    String tried = model(past, "backtest", bundle.toString());
    assertTrue(tried.contains("pump-6: " + (MINUTES - 1) + " rows"), tried);
  }

  /** Two readings a minute, as one message. */
  private static String minutesFrom(Instant from) {
    return IntStream.range(0, 2 * MINUTES)
        .mapToObj(
            i -> "{\"value\":%d,\"ts\":%d}".formatted(i % 7, from.toEpochMilli() + i * 30_000L))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String model(String[] past, String... arguments) {
    var said = new StringWriter();
    var line = CommandRunner.line(new Model());
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    String[] all = Stream.concat(Stream.of(arguments), Stream.of(past)).toArray(String[]::new);
    assertEquals(0, line.execute(all), said::toString);
    return said.toString();
  }

  /** It was so long ago that the five minutes after it are over. */
  private void bringsWhatIsAroundAnAlarm() throws Exception {
    List<String> readings = new ArrayList<>();
    long[][] minutesAndValues = {{-12, 1}, {-10, 2}, {-6, 300}, {-2, 3}, {0, 4}};
    for (long[] one : minutesAndValues) {
      long stamp = began + one[0] * 60_000;
      readings.add("{\"value\":" + one[1] + ",\"ts\":" + stamp + "}");
    }
    try (Sensor sensor = new Sensor(house.sensors())) {
      sensor.publish("sensors/pump-9/flow", readings.toString());
    }
    Eventually.holds(
        "the five minutes before and after the alarm are stored",
        () -> raw("pump-9/flow", began - 20 * 60_000).equals(List.of(2.0, 300.0, 3.0)),
        this::lastWords);
    Eventually.holds(
        "the cloud was told of it",
        () -> house.cloud().json("/api/v1/events").toString().contains("raw-captured"),
        this::lastWords);
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
    return raw(series, began - 1);
  }

  private List<Double> raw(String series, long from) throws IOException {
    String path =
        "/api/v1/raw?series=pi-7/%s&from=%d&to=%d".formatted(series, from, began + 60_000);
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
