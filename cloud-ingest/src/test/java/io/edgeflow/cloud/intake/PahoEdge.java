package io.edgeflow.cloud.intake;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** An edge's side of the wire, for tests. */
final class PahoEdge implements AutoCloseable {
  private final String edge;
  private final MqttClient client;
  private final List<Acknowledgement> heard = new CopyOnWriteArrayList<>();

  private PahoEdge(String edge, MqttClient client) {
    this.edge = edge;
    this.client = client;
  }

  static PahoEdge connect(String edge, int port, Optional<String> password) throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + port,
            edge + "-" + Long.toHexString(System.nanoTime()),
            new MemoryPersistence());
    PahoEdge paho = new PahoEdge(edge, client);
    client.setCallback(paho.new Ear());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(10);
    options.setSocketFactory(new PromptSockets());
    password.ifPresent(
        secret -> {
          options.setUserName(edge);
          options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        });
    options.setWill(Topics.presence(edge), retained(new Presence(edge, "c1", false, 0).toBytes()));
    client.connect(options);
    client.subscribe(Topics.ack(edge), 1);
    return paho;
  }

  void send(Frame frame) throws MqttException {
    send(Topics.up(frame.edge(), frame.id().lane()), FrameCodec.encode(frame));
  }

  /** The broker may end the connection over it, now or a little later. */
  void trySend(Frame frame) {
    try {
      send(frame);
    } catch (MqttException ended) {
      heardOf(ended);
    }
  }

  private static void heardOf(MqttException ended) {
    if (ended.getReasonCode() == MqttException.REASON_CODE_CLIENT_EXCEPTION) {
      throw new AssertionError(ended);
    }
  }

  boolean isConnected() {
    return client.isConnected();
  }

  void send(Hello hello) throws MqttException {
    send(Topics.hello(hello.edge()), hello.toBytes());
  }

  void send(Presence presence) throws MqttException {
    client.publish(Topics.presence(edge), retained(presence.toBytes()));
  }

  void send(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  void subscribe(String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    if (token.getReasonCodes()[0] >= 0x80) {
      throw new MqttException(token.getReasonCodes()[0]);
    }
  }

  List<Acknowledgement> heard() {
    return heard;
  }

  /** The newest verdict on this frame. */
  Optional<Verdict> verdict(FrameId frame) {
    return heard.reversed().stream().flatMap(ack -> verdict(ack, frame).stream()).findFirst();
  }

  static Optional<Verdict> verdict(Acknowledgement ack, FrameId frame) {
    return ack.incarnations().stream()
        .filter(incarnation -> incarnation.id().equals(frame.incarnation()))
        .flatMap(incarnation -> incarnation.lanes().stream())
        .filter(lane -> lane.lane() == frame.lane())
        .flatMap(lane -> lane.ranges().reversed().stream())
        .filter(range -> range.from() <= frame.number() && frame.number() <= range.to())
        .map(range -> range.verdict())
        .findFirst();
  }

  /** As a power cut would: the broker publishes the will. */
  void vanish() throws MqttException {
    client.disconnectForcibly(0, 0, false);
  }

  @Override
  public void close() throws MqttException {
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

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      switch (Acknowledgement.parse(message.getPayload())) {
        case Parsed.Ok<Acknowledgement>(Acknowledgement ack) -> heard.add(ack);
        case Parsed.Refused<Acknowledgement>(String reason) -> throw new AssertionError(reason);
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
