package io.edgeflow.cloud;

import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** One connection of an edge to the broker, for tests. Everything is said with QoS 1. */
public final class TestWire implements AutoCloseable {
  private final MqttClient client;

  private TestWire(MqttClient client) {
    this.client = client;
  }

  /**
   * @param heard gets what comes where it subscribed; by a thread of the client
   */
  public static TestWire connect(
      String edge, int port, MqttConnectionOptions options, Consumer<byte[]> heard)
      throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + port,
            edge + "-" + Long.toHexString(System.nanoTime()),
            new MemoryPersistence());
    client.setCallback(new Hearing(heard));
    client.connect(options);
    return new TestWire(client);
  }

  public void say(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  public void retain(String topic, byte[] payload) throws MqttException {
    client.publish(topic, retained(payload));
  }

  /** Also for wills. */
  public static MqttMessage retained(byte[] payload) {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(1);
    message.setRetained(true);
    return message;
  }

  /**
   * @throws MqttException if the broker refuses it, too
   */
  public void subscribe(String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    if (token.getReasonCodes()[0] >= 0x80) {
      throw new MqttException(token.getReasonCodes()[0]);
    }
  }

  public boolean isConnected() {
    return client.isConnected();
  }

  /** As a power cut would: the broker publishes the will. */
  public void vanish() throws MqttException {
    client.disconnectForcibly(0, 0, false);
  }

  /** Also where the broker ends the connection at the same time. */
  @Override
  public void close() throws MqttException {
    try {
      client.disconnect();
    } catch (MqttException gone) {
      if (client.isConnected()) {
        throw gone;
      }
    }
    client.close();
  }

  private record Hearing(Consumer<byte[]> heard) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.accept(message.getPayload());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
