package io.edgeflow.inference.node;

import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a node says and hears: its status before its first score, whenever that changes and every
 * few seconds; the status of the other nodes; readings; scores.
 */
final class NodeVoice implements NodeLink.Use {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** From here on a node is called behind. */
  static final long BEHIND_MILLIS = 1_000;

  private final String node;
  private final Supplier<NodeStatus> status;
  private final Peers peers;
  private final NodeIntake intake;
  private final ScoreOutbox outbox;
  private Said said = new Said(List.of(), false);
  private long saidNanos;

  /** What others must hear of at once. */
  private record Said(List<Serving> slots, boolean behind) {
    record Serving(String slot, String digest, String state) {}

    static Said of(NodeStatus status) {
      return new Said(
          status.slots().stream()
              .map(slot -> new Serving(slot.slot(), slot.digest(), slot.state()))
              .toList(),
          status.behindMillis() > BEHIND_MILLIS);
    }
  }

  NodeVoice(
      String node,
      Supplier<NodeStatus> status,
      Peers peers,
      NodeIntake intake,
      ScoreOutbox outbox) {
    this.node = node;
    this.status = status;
    this.peers = peers;
    this.intake = intake;
    this.outbox = outbox;
  }

  static String software() {
    return "edgeflow/" + BuildInfo.version();
  }

  @Override
  public void opened(MqttConnection connection) {
    peers.greetAgain();
    say(connection, status.get());
    outbox.connected(connection);
  }

  @Override
  public void message(String topic, byte[] payload) {
    if (NodeTopics.isOfNodes(topic)) {
      peers.heard(topic, payload);
    } else {
      intake.message(topic, payload);
    }
  }

  @Override
  public void lost() {
    outbox.disconnected();
    intake.gap();
  }

  @Override
  public void goodbye(MqttConnection connection) {
    connection.publish(
        NodeTopics.status(node), NodeStatus.offline(node, software()).toBytes(), true);
  }

  /** To be called every now and then while there is a connection. */
  void look(MqttConnection connection) {
    peers.look();
    NodeStatus now = status.get();
    if (!Said.of(now).equals(said) || System.nanoTime() - saidNanos > EVERY_NANOS) {
      say(connection, now);
    }
  }

  private void say(MqttConnection connection, NodeStatus now) {
    said = Said.of(now);
    saidNanos = System.nanoTime();
    connection.publish(NodeTopics.status(node), now.toBytes(), true);
  }
}
