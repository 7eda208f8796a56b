package io.edgeflow.gateway.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.mqtt.message.puback.PUBACK;
import io.edgeflow.gateway.capture.Submission;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a test over the wire meets only by chance: things that happen between two lines. */
final class HeldAcksTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelDuplexHandler());
  private final Connection connection = new Connection();
  private final UnacknowledgedPackets unacknowledged = new UnacknowledgedPackets();
  private final CaptureFigures figures = new CaptureFigures();
  private final List<Runnable> whenSent = new ArrayList<>();
  private final HeldAcks held =
      new HeldAcks(connection, unacknowledged, figures, () -> whenSent.forEach(Runnable::run));

  HeldAcksTest() {
    connection.opened(channel.pipeline().firstContext());
  }

  private Submission hold(int id) {
    Submission submission = Submission.mqtt("sensors/a/b", new byte[0], 0);
    unacknowledged.put(id, submission);
    assertTrue(held.sendOrHold(new PUBACK(id), channel.newPromise(), submission));
    return submission;
  }

  private List<Integer> sent() {
    channel.runPendingTasks();
    var ids = new ArrayList<Integer>();
    Object next;
    while ((next = channel.readOutbound()) != null) {
      ids.add(((PUBACK) next).getPacketIdentifier());
    }
    return ids;
  }

  @Test
  void sendsWhatBecomesSafeWhileItLooks() {
    Submission first = hold(1);
    Submission second = hold(2);
    whenSent.add(second::settleSafe);
    first.settleSafe();
    assertEquals(List.of(1, 2), sent());
    assertTrue(channel.isOpen());
    assertEquals(0, figures.counts().closedByFailure());
    assertEquals(0, unacknowledged.size());
  }

  @Test
  void closesAtTheFirstThatFailedButSendsWhatWasSafeBefore() {
    Submission first = hold(1);
    Submission second = hold(2);
    Submission third = hold(3);
    third.settleSafe();
    second.fail();
    first.settleSafe();
    assertEquals(List.of(1), sent());
    assertFalse(channel.isOpen());
    assertEquals(1, figures.counts().closedByFailure());
  }

  @Test
  void dropsThemAllWhenTheConnectionIsGone() {
    Submission first = hold(1);
    hold(2);
    held.drop();
    first.settleSafe();
    assertEquals(List.of(), sent());
    assertNull(held.first());
  }
}
