package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge process and an edge node of Eclipse Tahu. */
@Timeout(180)
final class SparkplugProcessTest {
  private static final String FLOW = "edge-1/pump/flow";

  @TempDir Path temp;

  @Test
  void takesWhatANodeSaysAndAsksOnceForWhatIsMissing() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = start(settings);
        var node = new TahuNode(settings.mqttPort, null)) {
      awaitSeries(edge, FLOW, series -> series.at("/unit").asText().equals("l/min"));
      awaitSeries(edge, "edge-1/Supply/Voltage", series -> value(series) == 24.5);
      awaitSeries(edge, "edge-1/pump/running", series -> value(series) == 1);
      // What it sends before its own birth is over goes by names instead of aliases.
      await(() -> node.births.get() == 1);
      node.send(21.5);
      awaitSeries(edge, FLOW, series -> value(series) == 21.5);
      node.send(
          new MetricBuilder("flow", MetricDataType.Double, 7.0)
              .timestamp(Date.from(Instant.ofEpochMilli(1_763_672_400_000L)))
              .isHistorical(true)
              .createMetric());

      node.lose();
      node.send(22.5);
      await(() -> node.requests.get() == 1);
      await(() -> node.births.get() == 2);
      node.send(23.5);
      awaitSeries(edge, FLOW, series -> value(series) == 23.5);
      assertEquals(1, node.requests.get());
      edge.await("/metrics", answer -> metric(answer.body(), "births_total") == 2);
      String metrics = edge.get("/metrics").body();
      assertEquals(1, metric(metrics, "rebirths_total"));
      assertEquals(1, metric(metrics, "gaps_total"));
      assertEquals(1, metric(metrics, "lost_total"));
      assertEquals(1, metric(metrics, "untaken_total"));
      JsonNode ledger = new ObjectMapper().readTree(edge.get("/api/v1/ledger").body());
      assertEquals(1, ledger.at("/rejected/no-birth").asInt(), ledger::toString);
    }
  }

  /** HiveMQ publishes wills past every gate. */
  @Test
  void makesSeriesStaleWhenTheConnectionOfTheirNodeBreaks() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = start(settings)) {
      try (var broken = node(settings, 1)) {
        awaitSeries(edge, "bare/a", series -> value(series) == 21.5);
        assertTrue(edge.get("/api/v1/latest").body().contains("\"quality\":\"good\""));
        broken.breakOff();
      }
      JsonNode stale =
          awaitSeries(edge, "bare/a", series -> series.at("/quality").asText().equals("stale"));
      assertEquals(21.5, value(stale));
      try (var again = node(settings, 2)) {
        awaitSeries(edge, "bare/a", series -> series.at("/quality").asText().equals("good"));
        again.sayGoodbye();
      }
      // It forgot to tell its death, and said goodbye: it is gone all the same.
      awaitSeries(edge, "bare/a", series -> series.at("/quality").asText().equals("stale"));
    }
  }

  @Test
  void takesItsOwnStopForNobodysDeath() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    RunningEdge first = start(settings);
    try (var node = node(settings, 1)) {
      awaitSeries(first, "bare/a", series -> value(series) == 21.5);
      first.close();
      await(() -> !node.client().isConnected());
    } finally {
      first.close();
    }
    try (var edge = start(settings)) {
      JsonNode series = awaitSeries(edge, "bare/a", any -> true);
      assertEquals("good", series.at("/quality").asText());
    }
  }

  @Test
  void rejectsGarbageAndStaysQuietWhereItIsSwitchedOff() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = start(settings);
        var client = connect(settings, new MqttConnectionOptions())) {
      client.publish("spBv1.0/g/NDATA/n", new byte[] {0x12, 0x7f, 1});
      edge.await("/api/v1/rejects", answer -> answer.body().contains("no Sparkplug payload"));
    }
    EdgeSettings off = new EdgeSettings(temp.resolve("off"));
    try (var edge = new RunningEdge(off, Surroundings.real()).awaitStarted();
        var client = node(off, 1)) {
      edge.await("/api/v1/rejects", answer -> answer.body().contains("no-mapping"));
      client.sayGoodbye();
      assertTrue(edge.get("/api/v1/latest").body().contains("\"readings\":[]"));
    }
  }

  /** A node that waits for its primary host says nothing before that is online. */
  @Test
  void isThePrimaryHostOfANodeThatWaitsForOne() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge =
            new RunningEdge(
                    settings,
                    Surroundings.real(),
                    "sparkplug.enabled=true",
                    "sparkplug.hostId=plant-host")
                .awaitStarted();
        var node = new TahuNode(settings.mqttPort, "plant-host")) {
      awaitSeries(edge, "edge-1/Supply/Voltage", series -> value(series) == 24.5);
      // Its node's birth is taken before it has published that of its device.
      await(() -> node.births.get() == 1);
    }
  }

  private static RunningEdge start(EdgeSettings settings) throws Exception {
    return new RunningEdge(settings, Surroundings.real(), "sparkplug.enabled=true").awaitStarted();
  }

  /** A node that is born with one value. */
  private static Sender node(EdgeSettings settings, int session) throws Exception {
    Payload.Metric bdSeq =
        Payload.Metric.newBuilder().setName("bdSeq").setDatatype(4).setLongValue(session).build();
    Payload death = Payload.newBuilder().addMetrics(bdSeq).build();
    var options = new MqttConnectionOptions();
    options.setWill(
        "spBv1.0/plant/NDEATH/bare", new MqttMessage(death.toByteArray(), 1, false, null));
    Sender client = connect(settings, options);
    Payload birth =
        Payload.newBuilder()
            .setTimestamp(System.currentTimeMillis())
            .setSeq(0)
            .addMetrics(bdSeq)
            .addMetrics(
                Payload.Metric.newBuilder().setName("a").setDatatype(10).setDoubleValue(21.5))
            .build();
    client.publish("spBv1.0/plant/NBIRTH/bare", birth.toByteArray());
    return client;
  }

  private static Sender connect(EdgeSettings settings, MqttConnectionOptions options)
      throws Exception {
    var client =
        new MqttClient("tcp://127.0.0.1:" + settings.mqttPort, "bare", new MemoryPersistence());
    options.setAutomaticReconnect(false);
    client.connect(options);
    return new Sender(client);
  }

  /** A client that is there until it is closed. */
  private record Sender(MqttClient client) implements AutoCloseable {
    void publish(String topic, byte[] payload) throws MqttException {
      client.publish(topic, new MqttMessage(payload, 1, false, null));
    }

    void breakOff() throws MqttException {
      client.disconnectForcibly(0, 0, false);
    }

    void sayGoodbye() throws MqttException {
      client.disconnect();
    }

    @Override
    public void close() throws MqttException {
      if (client.isConnected()) {
        breakOff();
      }
      client.close();
    }
  }

  private static JsonNode awaitSeries(RunningEdge edge, String name, Predicate<JsonNode> wanted)
      throws Exception {
    String body =
        edge.await(
                "/api/v1/latest",
                answer -> {
                  JsonNode series = series(answer.body(), name);
                  return series != null && wanted.test(series);
                })
            .body();
    return Objects.requireNonNull(series(body, name));
  }

  private static @Nullable JsonNode series(String body, String name) {
    try {
      for (JsonNode series : new ObjectMapper().readTree(body).findParents("series")) {
        if (series.at("/series").asText().equals(name)) {
          return series;
        }
      }
      return null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double value(JsonNode series) {
    return series.at("/value").asDouble(Double.NaN);
  }

  private static int metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("edgeflow_sparkplug_" + name + "{"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void await(BooleanSupplier wanted) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 20 s");
      Thread.onSpinWait();
    }
  }
}
