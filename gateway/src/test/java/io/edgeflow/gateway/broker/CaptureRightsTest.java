package io.edgeflow.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.PasswordHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A4: what a client may not publish is never captured. */
final class CaptureRightsTest {
  @TempDir private static Path folder;
  private static SwitchedIntake switched = new SwitchedIntake();
  private static GatewayBroker broker;

  private final ControlledIntake intake = new ControlledIntake().settlingAtOnce();

  @BeforeAll
  static void start() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users"),
            "pump:"
                + PasswordHash.of("secret".toCharArray())
                + " publish=sensors/pump/#,plant/+/note subscribe=plant/#\n");
    broker =
        GatewayBroker.start(
            BrokerSettings.of("127.0.0.1", 0).withUsers(users), CaptureSettings.DEFAULT, switched);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void freshIntake() {
    switched.use(intake);
  }

  @Test
  void capturesWhatAUserMayPublish() {
    Mqtt5BlockingClient pump = pump5();
    publish(pump, "sensors/pump/flow");
    publish(pump, "plant/hall-1/note");
    assertEquals(List.of("sensors/pump/flow", "plant/hall-1/note"), topics());
    pump.disconnect();
  }

  @Test
  void neverCapturesWhatAUserMayNotPublishWithMqtt5() {
    Mqtt5BlockingClient pump = pump5();
    long before = broker.figures().counts().refusedTopic();
    var refusal =
        assertThrows(Mqtt5PubAckException.class, () -> publish(pump, "sensors/tank/level"));
    assertTrue(refusal.getMqttMessage().getReasonCode().isError());
    assertEquals(List.of(), topics());
    assertEquals(before + 1, broker.figures().counts().refusedTopic());
  }

  @Test
  void neverCapturesWhatAUserMayNotPublishWithMqtt3() {
    Mqtt3BlockingClient pump =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("pump-three")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username("pump")
            .password("secret".getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    pump.connect();
    assertThrows(
        RuntimeException.class,
        () ->
            pump.publishWith()
                .topic("sensors/tank/level")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("1".getBytes(UTF_8))
                .send());
    assertEquals(List.of(), topics());
  }

  @Test
  void letsAUserSubscribeToWhatItMayOnly() {
    Mqtt5BlockingClient pump = pump5();
    pump.subscribeWith().topicFilter("plant/hall-1/#").send();
    assertThrows(
        Mqtt5SubAckException.class, () -> pump.subscribeWith().topicFilter("sensors/#").send());
  }

  @Test
  void refusesStrangers() {
    assertThrows(
        Mqtt3ConnAckException.class,
        () ->
            MqttClient.builder()
                .useMqttVersion3()
                .identifier("stranger")
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking()
                .connect());
  }

  @Test
  void offersNoQos2() {
    var qos2 = new BrokerSettings("127.0.0.1", 0, null, 2, 10, 1_000, 10, 10, 0, null);
    assertThrows(
        IllegalArgumentException.class,
        () -> GatewayBroker.start(qos2, CaptureSettings.DEFAULT, intake));
  }

  private List<String> topics() {
    return IntStream.range(0, intake.size()).mapToObj(i -> intake.get(i).topic()).toList();
  }

  private static void publish(Mqtt5BlockingClient client, String topic) {
    var _ =
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("1".getBytes(UTF_8))
            .send();
  }

  private static Mqtt5BlockingClient pump5() {
    Mqtt5BlockingClient pump =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("pump-five")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username("pump")
            .password("secret".getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    pump.connect();
    return pump;
  }
}
