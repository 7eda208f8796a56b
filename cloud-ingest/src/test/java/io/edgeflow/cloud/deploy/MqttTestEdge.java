package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.TestWire;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A {@link TestEdge} at the end of a wire: it hears of documents and reports by MQTT. */
final class MqttTestEdge implements AutoCloseable {
  private final TestEdge edge;
  private final TestWire wire;
  private final ExecutorService work =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  private MqttTestEdge(TestEdge edge, int port) throws MqttException {
    this.edge = edge;
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(30);
    this.wire = TestWire.connect(edge.name(), port, options, this::hear);
  }

  static MqttTestEdge connect(TestEdge edge, String site, int port) throws MqttException {
    MqttTestEdge wired = new MqttTestEdge(edge, port);
    wired.wire.subscribe(Topics.desired(edge.name()));
    wired.greet(site);
    return wired;
  }

  private void greet(String site) throws MqttException {
    String name = edge.name();
    String connection = "c" + System.nanoTime();
    wire.retain(Topics.presence(name), new Presence(name, connection, true, 1).toBytes());
    Hello hello =
        new Hello(name, connection, site, Map.of(), "UTC", "test", List.of(1), 1, 1, List.of());
    wire.say(Topics.hello(name), hello.toBytes());
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
      wire.retain(Topics.reported(edge.name()), bytes);
    } catch (MqttException gone) {
      if (wire.isConnected()) {
        throw new AssertionError(gone);
      }
    }
  }

  @Override
  public void close() throws MqttException {
    work.shutdownNow();
    wire.close();
  }

  private void hear(byte[] document) {
    boolean news;
    synchronized (edge) {
      news = edge.offered(document);
    }
    if (news) {
      report();
    }
  }
}
