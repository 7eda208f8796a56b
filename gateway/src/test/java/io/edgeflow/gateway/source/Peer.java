package io.edgeflow.gateway.source;

import io.edgeflow.gateway.uplink.Cable;
import io.edgeflow.mosquitto.Mosquitto;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** The other broker, and a sensor that publishes to it. */
interface Peer extends AutoCloseable {
  int port();

  /** Where a source connects. */
  default int sourcePort() {
    return port();
  }

  /** What a source connects to, where a cable leads to it. */
  default String sourceUrl(Cable cable) {
    return cable.url();
  }

  /** Acknowledgements that it has read. */
  int read();

  @Override
  void close();

  /** Publishes, and returns when the other broker has acknowledged. */
  default void publish(String topic, String... payloads) throws MqttException {
    try (Sensor sensor = new Sensor(port())) {
      for (String payload : payloads) {
        sensor.publish(topic, payload, 1, false);
      }
    }
  }

  /** HiveMQ CE in this JVM. */
  static Peer embedded() throws Exception {
    return embedded(BrokerSettings.of("127.0.0.1", 0));
  }

  static Peer embedded(BrokerSettings settings) throws Exception {
    return new Embedded(settings);
  }

  /** HiveMQ CE, heard over WebSocket. */
  static Peer webSocket() throws Exception {
    return new Embedded(BrokerSettings.of("127.0.0.1", 0).withWebSocketPort(0)) {
      @Override
      public int sourcePort() {
        return broker.webSocketPort().orElseThrow();
      }

      @Override
      public String sourceUrl(Cable cable) {
        return cable.url().replace("tcp:", "ws:") + BrokerSettings.WEB_SOCKET_PATH;
      }
    };
  }

  /** In this JVM. */
  class Embedded implements Peer {
    private final AtomicInteger acknowledgements = new AtomicInteger();
    final EmbeddedBroker broker;

    private Embedded(BrokerSettings settings) throws Exception {
      broker =
          EmbeddedBroker.start(
              settings,
              services ->
                  services
                      .initializers()
                      .setClientInitializer(
                          (input, client) ->
                              client.addPubackInboundInterceptor(
                                  (packet, output) -> acknowledgements.incrementAndGet())));
    }

    @Override
    public int read() {
      return acknowledgements.get();
    }

    @Override
    public int port() {
      return broker.port();
    }

    @Override
    public void close() {
      broker.close();
    }
  }

  static Peer mosquitto(Path folder) throws Exception {
    Mosquitto broker = Mosquitto.startOrSkip(folder);
    return new Peer() {
      @Override
      public int read() {
        try {
          return broker.log().split("Received PUBACK from edgeflow-", -1).length - 1;
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }

      @Override
      public int port() {
        return broker.port();
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }

  /** One that publishes message after message. */
  final class Sensor implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final MqttAsyncClient client;

    Sensor(int port) throws MqttException {
      client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:" + port, "sensor-" + UUID.randomUUID(), new MemoryPersistence());
      client.connect().waitForCompletion(PATIENCE_MILLIS);
    }

    void publish(String topic, String payload, int qos, boolean retained) throws MqttException {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      accepted(topic, bytes, qos, retained).waitForCompletion(PATIENCE_MILLIS);
    }

    /** Paho says now and then that too many are under way when none is: its count lags behind. */
    private IMqttToken accepted(String topic, byte[] payload, int qos, boolean retained)
        throws MqttException {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (true) {
        try {
          return client.publish(topic, payload, qos, retained);
        } catch (MqttException tooMany) {
          if (tooMany.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT
              || System.nanoTime() > deadline) {
            throw tooMany;
          }
          Thread.onSpinWait();
        }
      }
    }

    @Override
    public void close() throws MqttException {
      client.disconnect().waitForCompletion(PATIENCE_MILLIS);
      client.close();
    }
  }
}
