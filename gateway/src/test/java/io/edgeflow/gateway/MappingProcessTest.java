package io.edgeflow.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings in the edge process as a whole, with clients of MQTT 3.1.1 and 5. */
@Timeout(120)
final class MappingProcessTest {
  private static final String MAPPINGS =
      """
      mappings:
        - topic: sensors/<device>/<point...>
        - topic: plant/<line>/<device>/data
          format: json
          series: "<line>-<device>/<point>"
          points:
            flow: { path: $.sensors.flow, unit: l/min, report: { mode: all } }
            on: { path: $.on }
            mode: { path: $.mode }
            temp: { path: $.temp, unit: K, kind: gauge }
          time: { path: $.ts, format: s }
          quality: { path: $.quality }
        - { topic: quiet/<device>/<what>, format: value, retained: ignore }
      series:
        - { match: "*/mode", report: { mode: all } }
        - { match: "*/temp", kind: state, unit: degC }
      """;

  private static final String DATA = "{\"sensors\":{\"flow\":%s},\"on\":true,\"mode\":\"auto\"}";

  @TempDir Path temp;
  private EdgeSettings settings;

  @BeforeEach
  void configure() throws Exception {
    Path file = Files.writeString(temp.resolve("gateway.yaml"), MAPPINGS);
    settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void makesSeriesOfWhatAMessageSays(int version) throws Exception {
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var client = new Client(settings.mqttPort, version)) {
      long ts = System.currentTimeMillis() / 1_000 - 5;
      client.publish(
          "plant/4/press/data",
          DATA.formatted("21.5").replaceFirst("}$", ",\"ts\":" + ts + ",\"quality\":\"stale\"}"),
          false);
      client.publish("plant/4/press/data", DATA.formatted("null"), false);
      JsonNode latest = latest(edge);
      JsonNode flow = latest.path("4-press/flow");
      assertEquals(21.5, flow.at("/value").asDouble(), flow::toString);
      assertEquals("l/min", flow.at("/unit").asText());
      assertEquals("gauge", flow.at("/kind").asText());
      assertEquals("stale", flow.at("/quality").asText());
      assertEquals(ts * 1_000, flow.at("/t").asLong());
      assertEquals("state", latest.path("4-press/on").at("/kind").asText());
      assertEquals("auto", latest.path("4-press/mode").at("/value").asText());
      client.publish("plant/4/press/data", "{\"temp\":7}", false);
      assertEquals("degC", latest(edge).path("4-press/temp").at("/unit").asText());
      assertEquals("state", latest(edge).path("4-press/temp").at("/kind").asText());
      JsonNode ledger = edge.get("/api/v1/ledger").json();
      assertEquals(6, ledger.at("/accepted").asInt(), ledger::toString);
      assertEquals(1, ledger.at("/rejected/not-a-number").asInt(), ledger::toString);
      assertEquals(3, ledger.at("/reports/reported").asInt(), ledger::toString);
    }
  }

  /** J1: what was decided is not decided again, whatever the configuration says by now. */
  @Test
  void keepsWhatItDecidedWhenTheMappingIsGone() throws Exception {
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var client = new Client(settings.mqttPort, 5)) {
      client.publish("plant/4/press/data", DATA.formatted("21.5"), false);
      assertEquals(3, edge.get("/api/v1/ledger").json().at("/accepted").asInt());
    }
    Files.writeString(
        temp.resolve("gateway.yaml"), "mappings: [{ topic: other/<device>/<point...> }]\n");
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      JsonNode latest = latest(edge);
      assertEquals("l/min", latest.path("4-press/flow").at("/unit").asText());
      assertEquals("state", latest.path("4-press/on").at("/kind").asText());
    }
  }

  /** A publisher that says its retained message again after each connect says nothing new. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void countsARetainedMessageOnceHoweverOftenItIsSentAgain(int version) throws Exception {
    String stamped = "{\"value\":21.5,\"ts\":" + (System.currentTimeMillis() - 5_000) + "}";
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      for (int connection = 0; connection < 3; connection++) {
        try (var client = new Client(settings.mqttPort, version)) {
          client.publish("sensors/pump-7/flow", stamped, true);
        }
      }
      JsonNode ledger = edge.get("/api/v1/ledger").json();
      assertEquals(3, ledger.at("/received").asInt(), ledger::toString);
      assertEquals(2, ledger.at("/duplicate").asInt(), ledger::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void countsNothingWhenARetainedMessageIsHandedOut(int version) throws Exception {
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      try (var client = new Client(settings.mqttPort, version)) {
        client.publish("sensors/pump-7/flow", "21.5", true);
      }
      for (int connection = 0; connection < 2; connection++) {
        try (var client = new Client(settings.mqttPort, version)) {
          assertEquals("21.5", client.retained("sensors/#"));
          client.publish("sensors/pump-8/flow", "1", false);
        }
      }
      JsonNode ledger = edge.get("/api/v1/ledger").json();
      assertEquals(3, ledger.at("/received").asInt(), ledger::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void ignoresRetainedMessagesWhereTheMappingSaysSo(int version) throws Exception {
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var client = new Client(settings.mqttPort, version)) {
      client.publish("quiet/lamp/on", "true", true);
      client.publish("quiet/lamp/on", "false", false);
      JsonNode ledger = edge.get("/api/v1/ledger").json();
      assertEquals(1, ledger.at("/accepted").asInt(), ledger::toString);
      assertEquals(1, ledger.at("/rejected/retained").asInt(), ledger::toString);
      assertEquals(0, latest(edge).path("lamp/on").at("/value").asInt());
    }
  }

  @Test
  void showsTopicsThatNothingMapsWithAMappingToPaste() throws Exception {
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
        var client = new Client(settings.mqttPort, 5)) {
      client.publish("shop/7/oven/state", "{\"temp\":{\"in\":180.5},\"ts\":1763672400}", false);
      client.publish("shop/7/oven/state", "{\"temp\":{\"in\":181.5},\"ts\":1763672401}", false);
      client.publish("modbus/plc/x", "1", false);
      client.publish("edgeflow/v1/pi-7/hello", "1", false);
      JsonNode unmapped = edge.get("/api/v1/unmapped").json();
      assertEquals(1, unmapped.at("/topics").size(), unmapped::toString);
      JsonNode topic = unmapped.at("/topics/0");
      assertEquals("shop/7/oven/state", topic.at("/topic").asText());
      assertEquals(2, topic.at("/messages").asInt());
      assertTrue(topic.at("/sample").asText().contains("181.5"), topic::toString);
      assertEquals(
          """
            - topic: shop/7/<device>/state
              format: json
              points:
                in: { path: $.temp.in }
              time: { path: $.ts, format: s }
          """,
          topic.at("/mapping").asText());
    }
  }

  /** By the names of their series. */
  private static JsonNode latest(RunningEdge edge) throws Exception {
    ObjectNode series = JsonNodeFactory.instance.objectNode();
    edge.get("/api/v1/latest")
        .json()
        .at("/readings")
        .forEach(one -> series.set(one.at("/series").asText(), one));
    return series;
  }

  /** A client of either version that waits for each acknowledgement. */
  private static final class Client implements AutoCloseable {
    private final Mqtt3BlockingClient three;
    private final Mqtt5BlockingClient five;
    private final boolean old;

    Client(int port, int version) {
      old = version == 3;
      var builder =
          MqttClient.builder().identifier("client").serverHost("127.0.0.1").serverPort(port);
      three = builder.useMqttVersion3().buildBlocking();
      five = builder.useMqttVersion5().buildBlocking();
      if (old) {
        three.connect();
      } else {
        five.connect();
      }
    }

    void publish(String topic, String payload, boolean retain) {
      byte[] bytes = payload.getBytes(UTF_8);
      if (old) {
        three.publish(
            Mqtt3Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .payload(bytes)
                .build());
      } else {
        five.publish(
            Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .payload(bytes)
                .build());
      }
    }

    /** Subscribes, and reads what is handed out at once. */
    String retained(String filter) throws InterruptedException {
      if (old) {
        try (var messages = three.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL)) {
          three.subscribeWith().topicFilter(filter).send();
          return new String(
              messages.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8);
        }
      }
      try (var messages = five.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL)) {
        five.subscribeWith().topicFilter(filter).send();
        return new String(
            messages.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8);
      }
    }

    @Override
    public void close() {
      if (old) {
        three.disconnect();
      } else {
        five.disconnect();
      }
    }
  }
}
