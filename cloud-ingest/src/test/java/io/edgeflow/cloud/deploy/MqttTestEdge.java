package io.edgeflow.cloud.deploy;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A {@link TestEdge} at the end of a wire: it hears of documents and reports by MQTT. */
final class MqttTestEdge implements AutoCloseable {
  private final TestEdge edge;
  private final MqttClient client;
  private final ExecutorService work =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  private MqttTestEdge(TestEdge edge, MqttClient client) {
    this.edge = edge;
    this.client = client;
  }

  static MqttTestEdge connect(TestEdge edge, String site, int port) throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + port,
            edge.name() + "-" + Long.toHexString(System.nanoTime()),
            new MemoryPersistence());
    MqttTestEdge wired = new MqttTestEdge(edge, client);
    client.setCallback(wired.new Hearing());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(30);
    client.connect(options);
    client.subscribe(Topics.desired(edge.name()), 1);
    wired.greet(site);
    return wired;
  }

  private void greet(String site) throws MqttException {
    String name = edge.name();
    String connection = "c" + System.nanoTime();
    client.publish(
        Topics.presence(name), retained(new Presence(name, connection, true, 1).toBytes()));
    Hello hello =
        new Hello(name, connection, site, Map.of(), "UTC", "test", List.of(1), 1, 1, List.of());
    client.publish(Topics.hello(name), hello.toBytes(), 1, false);
    report();
  }

  /** Says what it runs. */
  void report() {
    work.execute(this::say);
  }

  private void say() {
    try {
      byte[] bytes;
      synchronized (edge) {
        bytes = edge.report().toBytes();
      }
      client.publish(Topics.reported(edge.name()), retained(bytes));
    } catch (MqttException gone) {
      if (client.isConnected()) {
        throw new AssertionError(gone);
      }
    }
  }

  @Override
  public void close() throws MqttException {
    work.shutdownNow();
    if (client.isConnected()) {
      client.disconnect();
    }
    client.close();
  }

  private static MqttMessage retained(byte[] payload) {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(1);
    message.setRetained(true);
    return message;
  }

  private final class Hearing implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      boolean news;
      synchronized (edge) {
        news = edge.offered(message.getPayload());
      }
      if (news) {
        report();
      }
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
