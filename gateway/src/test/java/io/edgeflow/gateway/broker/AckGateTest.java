package io.edgeflow.gateway.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.publish.PUBLISHFactory;
import com.hivemq.mqtt.message.pubrec.PUBREC;
import io.edgeflow.gateway.capture.IntakeQueue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.nodes.NodeDesk;
import io.edgeflow.gateway.nodes.NodeRefusal;
import io.edgeflow.process.mqtt.Rights;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no client can bring about as long as the broker behind the gate is sound (A1 to A3). */
final class AckGateTest {
  private final CaptureFigures figures = new CaptureFigures();
  private final IntakeQueue intake = new IntakeQueue(1, 1 << 20, () -> {});
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new AckGate(
              intake, CaptureSettings.DEFAULT, figures, Rights.ALL, "sensor", NodeListener.NONE));

  private void broker(Object message) {
    var _ = channel.writeAndFlush(message);
    channel.runPendingTasks();
  }

  private void publishes(int id) {
    publishes(channel, "sensors/pump/flow", id);
  }

  private static void publishes(EmbeddedChannel channel, String topic, int id) {
    channel.writeInbound(
        new PUBLISHFactory.Mqtt5Builder()
            .withHivemqId("test")
            .withTopic(topic)
            .withPayload(new byte[] {'1'})
            .withQoS(QoS.AT_LEAST_ONCE)
            .withOnwardQos(QoS.AT_LEAST_ONCE)
            .withPacketIdentifier(id)
            .build());
  }

  @Test
  void closesInsteadOfAcknowledgingWhatNothingIsKnownOf() {
    broker(new PUBACK(1));
    assertNull(channel.readOutbound());
    assertFalse(channel.isOpen());
    assertEquals(1, figures.counts().closedByFailure());
  }

  @Test
  void closesInsteadOfLettingAPubrecOut() {
    broker(new PUBREC(1));
    assertNull(channel.readOutbound());
    assertFalse(channel.isOpen());
  }

  /** Else what waits for room would be bounded by nothing. */
  @Test
  void readsNoFurtherWhileSomethingWaitsForRoom() {
    publishes(1);
    assertTrue(channel.config().isAutoRead());
    publishes(2);
    assertFalse(channel.config().isAutoRead());

    intake.drain(new ArrayList<Submission>(), 1, Long.MAX_VALUE);
    intake.invite();
    channel.runPendingTasks();
    assertTrue(channel.config().isAutoRead());
    assertInstanceOfPublish(channel.readInbound());
  }

  /**
   * A sensor may call its point as it likes; a node's score of the gateway's own slot would be a
   * second one.
   */
  @Test
  void capturesNoScoresOfANodeThatTheGatewayMakesItself() {
    var room = new IntakeQueue(9, 1 << 20, () -> {});
    var desk =
        new NodeDesk(
            Set.of("wear"),
            (severity, type, message, detail) -> {},
            (topic, payload, why) -> {},
            () -> 0);
    var gate = new AckGate(room, CaptureSettings.DEFAULT, figures, Rights.ALL, "jetson", desk);
    var node = new EmbeddedChannel(gate);
    publishes(node, "sensors/pump/wear.score", 1);
    publishes(node, "edgeflow/v1/node/jetson/status", 2);
    publishes(node, "sensors/pump/wear.score", 3);
    publishes(node, "sensors/pump/other.score", 4);
    var captured = new ArrayList<Submission>();
    room.drain(captured, 9, Long.MAX_VALUE);
    assertEquals(2, captured.size());
    assertEquals(1, desk.refused(NodeRefusal.SLOT_TAKEN));
    var _ = node.writeAndFlush(new PUBACK(3));
    node.runPendingTasks();
    assertTrue(node.readOutbound() instanceof PUBACK, "it is acknowledged");
  }

  private static void assertInstanceOfPublish(Object message) {
    assertTrue(message instanceof PUBLISH, "HiveMQ does not see it: " + message);
  }
}
