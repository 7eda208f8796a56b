package io.edgeflow.lab.sim;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One MQTT 5 connection, from connect to its end. The client behind it reconnects nothing and
 * repeats nothing: what was not acknowledged when it ends is its owner's to send again.
 */
final class SensorLink implements AutoCloseable {
  /** How a publish ended. */
  enum Fate {
    ACKNOWLEDGED,
    /** The broker answered that it never wants this message. */
    REFUSED,
    /** The connection ended first. */
    LOST
  }

  /** Told once for each publish, on a thread of the client; must not block. */
  @FunctionalInterface
  interface FateListener {
    void settled(Fate fate);
  }

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final Mqtt5AsyncClient client;

  private SensorLink(Mqtt5AsyncClient client) {
    this.client = client;
  }

  /**
   * Connects, with a clean session.
   *
   * @param broker {@code tcp://host:port}
   * @param ended told when the connection is over, or could not be made; any thread
   * @return empty if there is no broker to be had now
   */
  static Optional<SensorLink> connect(
      URI broker, String clientId, Optional<Credentials> credentials, Runnable ended)
      throws InterruptedException {
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .serverHost(broker.getHost())
            .serverPort(broker.getPort())
            .addDisconnectedListener(context -> ended.run());
    credentials.ifPresent(
        c ->
            builder
                .simpleAuth()
                .username(c.user())
                .password(c.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth());
    Mqtt5AsyncClient client = builder.buildAsync();
    try {
      client
          .connectWith()
          .cleanStart(true)
          .keepAlive(10)
          .send()
          .get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(new SensorLink(client));
    } catch (ExecutionException | TimeoutException noBroker) {
      var _ = client.disconnect();
      return Optional.empty();
    }
  }

  /** Sends at QoS 1. */
  void publish(OutgoingMessage message, FateListener listener) {
    var _ =
        client
            .publishWith()
            .topic(message.topic())
            .payload(message.bytes())
            .qos(MqttQos.AT_LEAST_ONCE)
            .send()
            .whenComplete(
                (result, failure) -> {
                  if (failure != null) {
                    listener.settled(Fate.LOST);
                  } else if (result.getError().isPresent()) {
                    listener.settled(Fate.REFUSED);
                  } else {
                    listener.settled(Fate.ACKNOWLEDGED);
                  }
                });
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
