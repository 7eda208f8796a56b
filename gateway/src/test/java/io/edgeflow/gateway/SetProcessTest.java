package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.modbus.PlantSlave;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of the local broker sets points of a real Modbus device, through the whole process. */
@Timeout(90)
final class SetProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "edgeflow/v1/" + "pi-7" + "/";
  private static final String PLANT =
      """
      modbus:
        devices:
          plc:
            host: 127.0.0.1
            port: PORT
            interval: 60s
            points:
              pressure: { address: 0 }
              setpoint: { address: 40, type: uint16, scale: 0.1, access: rw, min: 0, max: 250 }
              real: { address: 50, type: float32, order: CDAB, access: rw }
              lamp: { address: 3, table: coil, access: rw }
      """;

  @TempDir Path temp;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private PlantSlave slave;
  private RunningEdge edge;
  private MqttAsyncClient client;

  @BeforeEach
  void start() throws Exception {
    slave = new PlantSlave();
    Path file =
        Files.writeString(
            temp.resolve("gateway.yaml"), PLANT.replace("PORT", Integer.toString(slave.port())));
    var settings = new EdgeSettings(temp.resolve("data"), Optional.of(file));
    edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
    client =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + settings.mqttPort, "operator-1", new MemoryPersistence());
    client.connect().waitForCompletion(20_000);
    IMqttMessageListener listener =
        (topic, message) ->
            answers.add(
                JSON.createObjectNode()
                    .put("topic", topic)
                    .set("answer", JSON.readTree(message.getPayload())));
    client
        .subscribe(
            new MqttSubscription[] {new MqttSubscription(ROOT + "set-result/#", 1)},
            null,
            null,
            new IMqttMessageListener[] {listener},
            new org.eclipse.paho.mqttv5.common.packet.MqttProperties())
        .waitForCompletion(20_000);
  }

  @AfterEach
  void end() throws Exception {
    client.disconnectForcibly(100, 100, false);
    client.close();
    edge.close();
    slave.close();
  }

  @Test
  void setsRegistersAndCoilsAndReadsThemBack() throws Exception {
    JsonNode done = set("plc/setpoint", "{\"value\": 21.5, \"id\": \"a1\"}", false);
    assertEquals("written", done.at("/outcome").asText(), done::toString);
    assertEquals("a1", done.at("/id").asText());
    assertEquals("215", done.at("/readBack").asText());
    assertEquals(215, slave.holding[81] & 0xFF);

    assertEquals("written", set("plc/lamp", "true", false).at("/outcome").asText());
    assertTrue(slave.coils[3]);

    assertEquals("written", set("plc/real", "1.5", false).at("/outcome").asText());
    assertEquals(0x3F, slave.holding[102], "the high word is the second one");
    edge.await("/api/v1/ledger", answer -> events(answer.body()) > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plc/pressure | 5                                            | is only read: in the gateway's configuration it does not have access: rw
          plc/none     | 5                                            | there is no such point; the topic ends with <device>/<point>
          plc/setpoint | 250.1                                        | must be from 0.0 to 250.0
          plc/setpoint | "on"                                         | must be a number, true or false
          plc/setpoint | {"value": 5                                  | must be a number, true or false
          plc/setpoint | {"value": 5, "expires": "2020-01-01T00:00:00Z"} | has expired
          plc/lamp     | 2                                            | must be true or false
          """)
  void refusesWhatMayNotBe(String point, String payload, String why) throws Exception {
    JsonNode refused = set(point, payload, false);
    assertEquals("refused", refused.at("/outcome").asText(), refused::toString);
    assertTrue(refused.at("/detail").asText().startsWith(why), refused::toString);
    assertEquals(0, slave.holding[81], "nothing was written");
    assertFalse(slave.coils[3]);
  }

  /**
   * L1: what a stranger writes into a topic ends up in an event, and events in frames. The broker
   * closes such a connection, but only behind the gate that hears commands.
   */
  @Test
  void aPointOfAnEndlessNameDoesNotEndTheGateway() throws Exception {
    var stranger =
        new MqttAsyncClient(client.getServerURI(), "stranger-1", new MemoryPersistence());
    stranger.connect().waitForCompletion(20_000);
    var message = new MqttMessage("5".getBytes(StandardCharsets.UTF_8), 1, false, null);
    assertThrows(
        MqttException.class,
        () -> stranger.publish(ROOT + "set/" + "x".repeat(9_000), message).waitForCompletion());
    stranger.close();
    JsonNode refused = answers.poll(20, TimeUnit.SECONDS);
    assertNotNull(refused, "no answer came");
    assertEquals("refused", refused.at("/answer/outcome").asText());
    edge.await("/api/v1/ledger", answer -> events(answer.body()) > 0);

    assertEquals("written", set("plc/lamp", "true", false).at("/outcome").asText());
  }

  @Test
  void refusesARetainedCommand() throws Exception {
    JsonNode refused = set("plc/setpoint", "5", true);
    assertEquals("refused", refused.at("/outcome").asText());
    assertTrue(refused.at("/detail").asText().contains("retained"), refused::toString);
    assertEquals(0, slave.holding[81]);
  }

  @Test
  void saysWhenTheDeviceHoldsSomethingElse() throws Exception {
    slave.stuck.add(40);
    JsonNode differs = set("plc/setpoint", "5", false);
    assertEquals("differs", differs.at("/outcome").asText(), differs::toString);
    assertEquals("0", differs.at("/readBack").asText());
  }

  private JsonNode set(String point, String payload, boolean retained) throws Exception {
    var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, retained, null);
    client.publish(ROOT + "set/" + point, message).waitForCompletion(20_000);
    JsonNode told = answers.poll(20, TimeUnit.SECONDS);
    assertNotNull(told, "no answer came");
    assertEquals(ROOT + "set-result/" + point, told.at("/topic").asText());
    return told.at("/answer");
  }

  private static long events(String ledger) {
    String before = "\"event\":{\"framed\":{\"frames\":";
    int at = ledger.indexOf(before) + before.length();
    return Long.parseLong(ledger.substring(at, ledger.indexOf(',', at)));
  }
}
