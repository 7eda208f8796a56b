package io.edgeflow.gateway.broker;

import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrec.PUBREC;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.process.mqtt.Rights;
import io.edgeflow.wire.topic.NodeTopics;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in the pipeline of one connection, before HiveMQ's own publish handling: hands publishes
 * to the recorder on their way in, and lets a PUBACK out only when its submission is safe (A1).
 *
 * <pre>
 *  socket ─► decoder ─► AckGate ─PUBLISH─► HiveMQ: permissions, local delivery
 *                          │ offer                      │
 *                       Intake                          │
 *                          │ settled                    │
 *  socket ◄─ encoder ◄─ AckGate ◄──────── PUBACK ───────┘
 * </pre>
 *
 * <p>It fails closed: an acknowledgement that nothing is known of, or whose submission failed,
 * closes the connection, and so does one that waits longer than the deadline. What a client may not
 * publish is never captured (A4). Why this is no interceptor: docs/decisions/0002-capture-hook.md.
 *
 * <p>All state belongs to the connection's event loop. Settling threads and the intake only ask
 * that loop to look again.
 */
final class AckGate extends ChannelDuplexHandler implements MemberListener.Client {
  private static final Logger LOG = LoggerFactory.getLogger(AckGate.class);

  /** Stands for publishes that need no capture. */
  private static final Submission PASSES = settled();

  /** Stands for publishes that HiveMQ is about to refuse: no success may leave for them. */
  private static final Submission REFUSED = settled();

  private final CaptureSettings settings;
  private final CaptureFigures figures;
  private final Rights rights;
  private final NodeListener nodes;
  private final String clientId;
  private final MemberListener members;
  private final Optional<String> speaker;
  private final CommandListener commands;
  private final Optional<String> user;
  private final MemberListener.Line member;
  private final UnacknowledgedPackets unacknowledged = new UnacknowledgedPackets();
  private final Connection connection = new Connection();
  private final HeldAcks held;
  private final WaitingRoom waiting;
  private boolean watching;
  private boolean ofANode;

  /** As the other one, where nobody is behind this gateway. */
  AckGate(
      Intake intake,
      CaptureSettings settings,
      CaptureFigures figures,
      Rights rights,
      String clientId,
      NodeListener nodes) {
    this(
        intake,
        settings,
        figures,
        rights,
        clientId,
        nodes,
        MemberListener.NONE,
        Optional.empty(),
        CommandListener.NONE,
        Optional.empty());
  }

  /**
   * @param speaker the only edge that this client can be; empty: it may be any
   * @param user as the client logged in; empty where the broker has no users
   */
  AckGate(
      Intake intake,
      CaptureSettings settings,
      CaptureFigures figures,
      Rights rights,
      String clientId,
      NodeListener nodes,
      MemberListener members,
      Optional<String> speaker,
      CommandListener commands,
      Optional<String> user) {
    this.settings = settings;
    this.figures = figures;
    this.rights = rights;
    this.clientId = clientId;
    this.nodes = nodes;
    this.members = members;
    this.speaker = speaker;
    this.commands = commands;
    this.user = user;
    this.member = members.connected(this);
    this.held = new HeldAcks(connection, unacknowledged, figures, this::resumeIfRelieved);
    this.waiting = new WaitingRoom(connection, intake, figures, this::resumeIfRelieved);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection.opened(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (connection.closing()) {
      return;
    }
    if (connection.paused()) {
      // HiveMQ reads on after a SUBSCRIBE.
      connection.pause();
    }
    if (message instanceof PUBLISH publish) {
      if (publish.getQoS() == QoS.EXACTLY_ONCE) {
        // A3. HiveMQ would store it and could answer for it later without showing it to us.
        figures.refusedQos2.increment();
        connection.close();
        return;
      }
      received(publish);
    }
    context.fireChannelRead(message);
  }

  private void received(PUBLISH publish) {
    if (NodeTopics.isOfNodes(publish.getTopic()) && rights.mayPublish(publish.getTopic())) {
      ofANode = true;
      nodes.said(this, publish.getTopic(), payload(publish));
    }
    if (commands.hears(publish.getTopic())) {
      command(publish);
    }
    if (publish.getQoS() == QoS.AT_MOST_ONCE) {
      if (isOurs(publish) && !waiting.offer(submission(publish))) {
        figures.qos0Dropped.increment();
      }
      return;
    }
    int id = publish.getPacketIdentifier();
    if (publish.isDuplicateDelivery() && unacknowledged.get(id) != null) {
      // Sent again on the same connection while its acknowledgement waits: HiveMQ ignores it.
      return;
    }
    unacknowledged.put(id, isOurs(publish) ? capture(publish) : passing(publish));
    if (unacknowledged.size() >= settings.maxUnacknowledged()) {
      connection.pause();
      watch();
    }
  }

  /** What it says is the caller's word only if it may publish there, like anything (A4). */
  private void command(PUBLISH publish) {
    String topic = publish.getTopic();
    boolean again =
        publish.isDuplicateDelivery() && unacknowledged.get(publish.getPacketIdentifier()) != null;
    if (!again && rights.mayPublish(topic) && members.admits(speaker, topic)) {
      commands.said(
          new CommandListener.Caller(clientId, user, rights.mayPublishByName(topic)),
          topic,
          payload(publish),
          publish.isRetain());
    }
  }

  private boolean isOurs(PUBLISH publish) {
    String topic = publish.getTopic();
    return CapturedTopics.contain(topic)
        && rights.mayPublish(topic)
        && (!ofANode || nodes.takes(topic));
  }

  private Submission passing(PUBLISH publish) {
    String topic = publish.getTopic();
    if (!rights.mayPublish(topic) || !members.admits(speaker, topic)) {
      figures.refusedTopic.increment();
      return REFUSED;
    }
    member.said(topic, payload(publish), publish.isRetain());
    figures.notOurs.increment();
    return PASSES;
  }

  private Submission capture(PUBLISH publish) {
    Submission submission = submission(publish);
    if (!waiting.offer(submission)) {
      waiting.add(submission);
      connection.pause();
      watch();
    }
    return submission;
  }

  private static Submission submission(PUBLISH publish) {
    return Submission.mqtt(
        publish.getTopic(), payload(publish), System.nanoTime(), publish.isRetain());
  }

  /** HiveMQ never changes or reuses its array. */
  private static byte[] payload(PUBLISH publish) {
    byte[] payload = publish.getPayload();
    return payload == null ? new byte[0] : payload;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof PUBACK ack) {
      acknowledge(ack, promise);
    } else if (message instanceof PUBREC) {
      // A3: none leaves, whatever HiveMQ remembers of an earlier connection.
      figures.refusedQos2.increment();
      refuse(promise);
    } else {
      var _ = context.write(message, promise);
    }
  }

  private void acknowledge(PUBACK ack, ChannelPromise promise) {
    Submission submission = unacknowledged.get(ack.getPacketIdentifier());
    boolean isError = ack.getReasonCode().getCode() >= 0x80;
    if (connection.closing() || submission == null || isError != (submission == REFUSED)) {
      figures.closedByFailure.increment();
      refuse(promise);
    } else if (held.sendOrHold(ack, promise, submission)) {
      watch();
    } else {
      resumeIfRelieved();
    }
  }

  private void refuse(ChannelPromise promise) {
    promise.tryFailure(new ClosedChannelException());
    connection.close();
  }

  private void resumeIfRelieved() {
    if (connection.paused()
        && waiting.isEmpty()
        && unacknowledged.size() <= settings.maxUnacknowledged() / 2) {
      connection.resume();
    }
  }

  /** Looks after the deadline from time to time while something waits. */
  private void watch() {
    if (!watching) {
      watching = true;
      connection.in(Math.max(1, settings.deadline().toMillis() / 20), this::checkDeadline);
    }
  }

  private void checkDeadline() {
    watching = false;
    Submission oldest = held.first() == null ? waiting.first() : held.first();
    if (connection.closing() || (oldest == null && !connection.paused())) {
      return;
    }
    long since = oldest == null ? connection.pausedNanos() : oldest.arrivedNanos();
    if (System.nanoTime() - since < settings.deadline().toNanos()) {
      watch();
      return;
    }
    figures.closedByDeadline.increment();
    LOG.warn(
        "MQTT client closed: its message could not be made safe in {} ms, client={}",
        settings.deadline().toMillis(),
        clientId);
    connection.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.closed();
    waiting.drop();
    held.drop();
    if (ofANode) {
      nodes.ended(this);
    }
    member.ended();
    context.fireChannelInactive();
  }

  @Override
  public String id() {
    return clientId;
  }

  @Override
  public void close() {
    connection.later(connection::close);
  }

  private static Submission settled() {
    Submission submission = Submission.mqtt("", new byte[0], 0);
    submission.settleSafe();
    return submission;
  }
}
