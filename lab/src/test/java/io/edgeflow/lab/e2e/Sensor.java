package io.edgeflow.lab.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.net.URI;

/** One sensor that publishes at QoS 1 and waits for each acknowledgement. */
final class Sensor implements AutoCloseable {
  private final Mqtt5BlockingClient client;

  Sensor(URI broker) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost(broker.getHost())
            .serverPort(broker.getPort())
            .buildBlocking();
    client.connect();
  }

  /** Returns when the PUBACK came. */
  void publish(String topic, String payload) {
    publish(topic, payload.getBytes(UTF_8));
  }

  void publish(String topic, byte[] payload) {
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
