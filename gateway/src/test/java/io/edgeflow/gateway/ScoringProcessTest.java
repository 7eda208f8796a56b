package io.edgeflow.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.scoring.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models in the edge process as a whole: from a sensor to a score that is a reading. */
@Timeout(180)
final class ScoringProcessTest {
  @TempDir Path temp;

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  @Test
  void scoresAreReadingsThatAlarmAndSurviveARestart() throws Exception {
    Path good = TestBundle.plus(temp.resolve("good"), "plus", 10, 14);
    Path bad = TestBundle.plus(temp.resolve("bad"), "liar", 10, 99);
    Path file =
        Files.writeString(
            temp.resolve("gateway.yaml"),
            """
            scoring:
              - { slot: wear, bundle: "%s" }
              - { slot: broken, bundle: "%s" }
            alarms:
              - { name: wear, series: "*/wear.score", limits: { h: 30 } }
            """
                .formatted(good, bad));
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
    String score = "\"pump-7/wear.score\"";
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      edge.await("/api/v1/status", answer -> answer.body().contains("\"refused\""));
      assertTrue(sensor.acknowledged(sensor.publish(21.5)));
      edge.await("/api/v1/latest", answer -> answer.body().contains(score));
      edge.await("/api/v1/alarms", answer -> answer.body().contains(score));

      JsonNode model = edge.status().at("/models/0");
      assertEquals("serving", model.at("/state").asText(), model::toString);
      assertEquals("plus", model.at("/name").asText());
      assertEquals(64, model.at("/digest").asText().length());
      assertEquals("cpu", model.at("/provider").asText());
      assertTrue(model.at("/providers").size() >= 1, model::toString);
      assertEquals(1, model.at("/scored").asInt());
      assertTrue(model.at("/p99Micros").asDouble() > 0, model::toString);
      assertEquals("refused", edge.status().at("/models/1/state").asText());
      assertMetrics(edge.get("/metrics").body(), model.at("/digest").asText());
      edge.await("/ready", ready -> ready.status() == 200);
      change(edge, TestBundle.plus(temp.resolve("next"), "next", 20, 24));
    }
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      assertTrue(edge.get("/api/v1/latest").body().contains(score), "it is in the journal");
      edge.await("/api/v1/models", answer -> answer.body().contains("\"state\":\"serving\""));
      JsonNode model = edge.get("/api/v1/models").json().at("/slots/0");
      assertEquals("next", model.at("/name").asText());
      assertEquals("chosen by ada: it is better", model.at("/source").asText());
    }
  }

  private static void change(RunningEdge edge, Path bundle) throws Exception {
    String wear = "/api/v1/models/wear/";
    String ada = "{\"who\":\"ada\",\"why\":\"it is better\"";
    String named = ada + ",\"bundle\":\"" + bundle + "\"}";
    assertEquals(400, edge.post(wear + "promote", "{}").status(), "nobody asks");
    assertEquals(400, edge.post(wear + "prepare", ada + "}").status(), "no bundle");
    assertEquals(400, edge.post(wear + "prepare", ada + ",\"bundle\":\"a\"}").status());
    assertEquals(404, edge.post("/api/v1/models/none/back", ada + "}").status());
    EdgeHttp.Answer refused = edge.post(wear + "promote", ada + "}");
    assertEquals(409, refused.status());
    assertTrue(refused.body().contains("no candidate"), refused::body);
    int asked = edge.post(wear + "prepare", named).status();
    assertTrue(asked == 200 || asked == 202, "a load may take its time");
    edge.await("/api/v1/models", answer -> answer.body().contains("\"candidate\":\"next 1 ("));
    asked = edge.post(wear + "promote", ada + "}").status();
    assertTrue(asked == 200 || asked == 202, "it may wait for the trial of another model");
    edge.await("/api/v1/status", answer -> answer.body().contains("\"name\":\"next\""));
    // It serves a moment before it is told what it replaced.
    edge.await(
        "/api/v1/status", answer -> answer.at("/models/0/before").asText().startsWith("plus "));
  }

  private static void assertMetrics(String metrics, String digest) {
    for (String line :
        List.of(
            "edgeflow_inference_seconds_count{",
            "edgeflow_model_info{digest=\"%s\",model=\"plus\",provider=\"cpu\",slot=\"wear\",version=\"1\"} 1"
                .formatted(digest),
            "edgeflow_model_rows_total{outcome=\"scored\",slot=\"wear\"} 1",
            "edgeflow_model_rows_total{outcome=\"failed\",slot=\"broken\"} 0",
            "edgeflow_model_dropped_readings_total{slot=\"wear\"} 0",
            "edgeflow_model_state{slot=\"wear\",state=\"serving\"} 1",
            "edgeflow_model_state{slot=\"broken\",state=\"refused\"} 1",
            "edgeflow_alarms{priority=\"medium\",state=\"unacknowledged\"} 1",
            "edgeflow_alarms{priority=\"low\",state=\"shelved\"} 0")) {
      assertTrue(metrics.contains(line), () -> line + " is not in\n" + metrics);
    }
    assertFalse(metrics.contains("series="), "series are too many for labels");
  }

  /** A small gateway has no memory for what it does not use. */
  @Test
  void withoutSlotsNothingThatScoresIsLoaded() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    Path classes = temp.resolve("classes.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Xlog:class+load:file=" + classes + "::filesize=0",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                Gateway.class.getName()));
    settings
        .pairs()
        .forEach(
            pair -> {
              command.add("--set");
              command.add(pair);
            });
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out.log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process gateway = builder.start();
    try (var http = new EdgeHttp(settings.httpPort)) {
      http.await("/ready", answer -> answer.status() == 200);
      gateway.destroy();
      assertTrue(gateway.waitFor(30, TimeUnit.SECONDS), "it stops");
    } finally {
      gateway.destroyForcibly();
    }
    String loaded = Files.readString(classes, UTF_8);
    assertTrue(loaded.contains("io.edgeflow.gateway.ScoringParts"), "the log has what was loaded");
    for (String none :
        List.of(
            " ai.djl.", " ai.onnxruntime.", "inference.runtime.", "inference.scoring.Reading")) {
      assertFalse(loaded.contains(none), none);
    }
  }
}
