package io.edgeflow.gateway.broker;

import com.hivemq.mqtt.message.puback.PUBACK;
import io.edgeflow.gateway.capture.Submission;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements of one connection that HiveMQ wants to send and that must wait. They leave
 * in the order of their publishes, all that are safe at once with one flush. Event loop only.
 */
final class HeldAcks {
  private final Connection connection;
  private final UnacknowledgedPackets unacknowledged;
  private final CaptureFigures figures;
  private final Runnable whenSent;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  private record Held(PUBACK ack, ChannelPromise promise, Submission submission) {}

  HeldAcks(
      Connection connection,
      UnacknowledgedPackets unacknowledged,
      CaptureFigures figures,
      Runnable whenSent) {
    this.whenSent = whenSent;
    this.connection = connection;
    this.unacknowledged = unacknowledged;
    this.figures = figures;
  }

  /** Sends it if it may go now; the caller flushes. Returns whether it is held. */
  boolean sendOrHold(PUBACK ack, ChannelPromise promise, Submission submission) {
    var next = new Held(ack, promise, submission);
    if (held.isEmpty() && submission.safe()) {
      send(next);
      return false;
    }
    figures.suspended.increment();
    held.add(next);
    if (held.size() == 1) {
      awaitFirst(submission);
    }
    return true;
  }

  @Nullable Submission first() {
    Held first = held.peek();
    return first == null ? null : first.submission();
  }

  /** Only the first is listened to: the others leave after it. */
  private void awaitFirst(Submission first) {
    first.whenSettled(() -> connection.later(this::sendSettled));
  }

  /** Of two under one id, which a sender must not use twice at once, the later one. */
  private Submission decisive(Held held) {
    Submission later = unacknowledged.get(held.ack().getPacketIdentifier());
    return later == null ? held.submission() : later;
  }

  private void sendSettled() {
    Held first;
    while ((first = held.peek()) != null && decisive(first).safe()) {
      held.remove();
      send(first);
    }
    connection.context().flush();
    whenSent.run();
    if (first == null) {
      return;
    }
    // In this order: it may become safe at any time, and then the listener runs at once.
    Submission awaited = decisive(first);
    if (awaited.settled() && !awaited.safe()) {
      figures.closedByFailure.increment();
      connection.close();
    } else {
      awaitFirst(awaited);
    }
  }

  private void send(Held next) {
    unacknowledged.remove(next.ack().getPacketIdentifier(), decisive(next));
    var _ = connection.context().write(next.ack(), next.promise());
  }

  /** The connection is gone: none of them leaves. */
  void drop() {
    Held next;
    while ((next = held.poll()) != null) {
      next.promise().tryFailure(new ClosedChannelException());
    }
  }
}
