package io.edgeflow.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.PasswordHash;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes over a WebSocket is bound by the same rules (A1, A4). */
@Timeout(60)
final class WebSocketTest {
  @TempDir private static Path folder;
  private static SwitchedIntake switched = new SwitchedIntake();
  private static GatewayBroker broker;

  private final ControlledIntake intake = new ControlledIntake();

  @BeforeAll
  static void start() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users"),
            "pump:" + PasswordHash.of("secret".toCharArray()) + " publish=sensors/pump/#\n");
    broker =
        GatewayBroker.start(
            BrokerSettings.of("127.0.0.1", 0).withUsers(users).withWebSocketPort(0),
            CaptureSettings.DEFAULT,
            switched);
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
  void acknowledgesOnlyWhatIsSafeWithMqtt5() throws Exception {
    Mqtt5BlockingClient pump = pump5();
    pump.connect();
    CompletableFuture<Mqtt5PublishResult> published =
        pump.toAsync()
            .publishWith()
            .topic("sensors/pump/flow")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("21.5".getBytes(UTF_8))
            .send();
    intake.awaitSize(1);
    assertEquals(List.of("21.5"), intake.payloads());
    assertThrows(TimeoutException.class, () -> published.get(300, TimeUnit.MILLISECONDS));
    intake.settleAll();
    assertTrue(published.get(10, TimeUnit.SECONDS).getError().isEmpty());
    pump.disconnect();
  }

  @Test
  void takesMqtt3() {
    intake.settlingAtOnce();
    Mqtt3BlockingClient pump =
        webSocket("three")
            .useMqttVersion3()
            .simpleAuth()
            .username("pump")
            .password("secret".getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    pump.connect();
    pump.publishWith()
        .topic("sensors/pump/flow")
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload("x".repeat(100_000).getBytes(UTF_8))
        .send();
    assertEquals(100_000, intake.get(0).payload().length);
    assertTrue(intake.get(0).retained());
    pump.disconnect();
  }

  @Test
  void refusesWhoHasNoPassword() {
    assertThrows(
        Mqtt3ConnAckException.class,
        () -> webSocket("stranger").useMqttVersion3().buildBlocking().connect());
  }

  @Test
  void neverCapturesWhatAUserMayNotPublish() {
    Mqtt5BlockingClient pump = pump5();
    pump.connect();
    assertThrows(
        Mqtt5PubAckException.class,
        () -> pump.publishWith().topic("sensors/tank/level").qos(MqttQos.AT_LEAST_ONCE).send());
    assertEquals(0, intake.size());
  }

  @Test
  void isNotThereUnlessItIsAskedFor() throws Exception {
    try (GatewayBroker plain =
        GatewayBroker.start(BrokerSettings.of("127.0.0.1", 0), CaptureSettings.DEFAULT, switched)) {
      assertTrue(plain.webSocketPort().isEmpty());
    }
    assertFalse(broker.webSocketPort().isEmpty());
  }

  @Test
  void findsATakenPortBeforeAnybodyIsLetIn() throws Exception {
    try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var refusal =
          assertThrows(
              BrokerStartException.class,
              () ->
                  GatewayBroker.start(
                      BrokerSettings.of("127.0.0.1", 0).withWebSocketPort(holder.getLocalPort()),
                      CaptureSettings.DEFAULT,
                      switched));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("mqtt.webSocket.port"), refusal::toString);
    }
  }

  private static Mqtt5BlockingClient pump5() {
    return Mqtt5Client.builder()
        .identifier("five")
        .serverHost("127.0.0.1")
        .serverPort(broker.webSocketPort().orElseThrow())
        .webSocketConfig()
        .serverPath("mqtt")
        .applyWebSocketConfig()
        .simpleAuth()
        .username("pump")
        .password("secret".getBytes(UTF_8))
        .applySimpleAuth()
        .buildBlocking();
  }

  private static MqttClientBuilder webSocket(String id) {
    return MqttClient.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.webSocketPort().orElseThrow())
        .webSocketConfig()
        .serverPath("mqtt")
        .applyWebSocketConfig();
  }
}
