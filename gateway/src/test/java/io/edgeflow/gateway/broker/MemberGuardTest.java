package io.edgeflow.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.PasswordHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where users are configured, an edge speaks as itself only. */
@Execution(ExecutionMode.CONCURRENT)
final class MemberGuardTest {
  @TempDir private Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ControlledIntake intake = new ControlledIntake().settlingAtOnce();
  private GatewayBroker broker;

  @BeforeEach
  void start() throws Exception {
    String password = ":" + PasswordHash.of("secret".toCharArray());
    Path users =
        Files.writeString(
            folder.resolve("users"),
            "west-1"
                + password
                + "\nhub-2"
                + password
                + " publish=edgeflow/# subscribe=edgeflow/#\n");
    broker =
        GatewayBroker.start(
            BrokerSettings.of("127.0.0.1", 0).withUsers(users),
            CaptureSettings.DEFAULT,
            intake,
            NodeListener.NONE,
            new ByName());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void letsAUserWithoutFiltersSpeakForTheEdgeOfItsNameOnly() {
    Mqtt5BlockingClient edge = client("west-1");
    publish(edge, "edgeflow/v1/west-1/hello");
    publish(edge, "sensors/pump/flow");
    assertThrows(RuntimeException.class, () -> publish(edge, "edgeflow/v1/west-2/hello"));

    Mqtt5BlockingClient hub = client("hub-2");
    publish(hub, "edgeflow/v1/west-2/hello");
    assertThrows(
        RuntimeException.class, () -> publish(hub, "sensors/pump/flow"), "beyond its filters");

    assertEquals(List.of("edgeflow/v1/west-1/hello", "edgeflow/v1/west-2/hello"), heard);
    assertEquals(1, intake.size(), "the reading, and nothing that edges say");
  }

  private Mqtt5BlockingClient client(String user) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(user)
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username(user)
            .password("secret".getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return client;
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

  /** Takes the third level of a topic for the edge. */
  private final class ByName implements MemberListener {
    @Override
    public boolean admits(Optional<String> speaker, String topic) {
      return !topic.startsWith("edgeflow/")
          || speaker.isEmpty()
          || topic.split("/", -1)[2].equals(speaker.get());
    }

    @Override
    public Line connected(Client client) {
      return new Line() {
        @Override
        public void said(String topic, byte[] payload, boolean retained) {
          heard.add(topic);
        }

        @Override
        public void ended() {}
      };
    }
  }
}
