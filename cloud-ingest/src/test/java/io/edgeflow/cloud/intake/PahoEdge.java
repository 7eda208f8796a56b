package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.TestWire;
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
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;

/** An edge's side of the wire, for tests. */
final class PahoEdge implements AutoCloseable {
  private final String edge;
  private final TestWire wire;
  private final List<Acknowledgement> heard;

  private PahoEdge(String edge, TestWire wire, List<Acknowledgement> heard) {
    this.edge = edge;
    this.wire = wire;
    this.heard = heard;
  }

  static PahoEdge connect(String edge, int port, Optional<String> password) throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(10);
    options.setSocketFactory(new PromptSockets());
    password.ifPresent(
        secret -> {
          options.setUserName(edge);
          options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        });
    Presence gone = new Presence(edge, "c1", false, 0);
    options.setWill(Topics.presence(edge), TestWire.retained(gone.toBytes()));
    List<Acknowledgement> heard = new CopyOnWriteArrayList<>();
    TestWire wire =
        TestWire.connect(edge, port, options, payload -> heard.add(acknowledgement(payload)));
    wire.subscribe(Topics.ack(edge));
    return new PahoEdge(edge, wire, heard);
  }

  private static Acknowledgement acknowledgement(byte[] payload) {
    return switch (Acknowledgement.parse(payload)) {
      case Parsed.Ok<Acknowledgement>(Acknowledgement ack) -> ack;
      case Parsed.Refused<Acknowledgement>(String reason) -> throw new AssertionError(reason);
    };
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
    return wire.isConnected();
  }

  void send(Hello hello) throws MqttException {
    send(Topics.hello(hello.edge()), hello.toBytes());
  }

  void send(Presence presence) throws MqttException {
    wire.retain(Topics.presence(edge), presence.toBytes());
  }

  void send(String topic, byte[] payload) throws MqttException {
    wire.say(topic, payload);
  }

  void subscribe(String filter) throws MqttException {
    wire.subscribe(filter);
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
    wire.vanish();
  }

  @Override
  public void close() throws MqttException {
    wire.close();
  }
}
