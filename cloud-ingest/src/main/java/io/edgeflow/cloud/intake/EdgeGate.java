package io.edgeflow.cloud.intake;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import io.edgeflow.process.mqtt.BrokerServices;
import io.edgeflow.process.mqtt.Rights;
import io.edgeflow.wire.topic.Channel;
import io.edgeflow.wire.topic.ParsedTopic;
import io.edgeflow.wire.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Stands where edges publish and subscribe: lets each speak only under its own name, and hands on
 * what it says. HiveMQ asks here after its own check of permissions and before it delivers.
 *
 * <p>Where users are configured, a user without topic filters of its own is the edge of that name;
 * one with filters, such as a relay, may do what they say.
 */
final class EdgeGate implements PublishAuthorizer, SubscriptionAuthorizer {
  private final BrokerServices services;
  private final EdgeMessages messages;

  EdgeGate(BrokerServices services, EdgeMessages messages) {
    this.services = services;
    this.messages = messages;
  }

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    PublishPacket packet = input.getPublishPacket();
    Optional<ParsedTopic> topic = Topics.parse(packet.getTopic());
    if (topic.isEmpty()
        || !isUpward(topic.get().channel())
        || !speaksFor(input.getConnectionInformation(), topic.get().edge())) {
      output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, "not a topic of this edge");
      return;
    }
    // A will is shown when the client connects; it is not meant yet.
    if (!(packet instanceof WillPublishPacket)) {
      messages.received(input.getClientInformation().getClientId(), topic.get(), payload(packet));
    }
    output.authorizeSuccessfully();
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    ConnectionInformation connection = input.getConnectionInformation();
    String filter = input.getSubscription().getTopicFilter();
    Optional<String> user = services.user(connection);
    boolean free =
        user.isEmpty() || !services.rights(connection).subscribe().equals(Rights.ALL.subscribe());
    if (free || filter.startsWith("edgeflow/v1/" + user.get() + "/")) {
      output.authorizeSuccessfully();
    } else {
      output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED, "not a topic of this edge");
    }
  }

  private boolean speaksFor(ConnectionInformation connection, String edge) {
    Optional<String> user = services.user(connection);
    return user.isEmpty()
        || user.get().equals(edge)
        || !services.rights(connection).publish().equals(Rights.ALL.publish());
  }

  private static boolean isUpward(Channel channel) {
    return switch (channel) {
      case UP, HELLO, PRESENCE, REPORTED -> true;
      case ACK, DESIRED -> false;
    };
  }

  private static byte[] payload(PublishPacket packet) {
    ByteBuffer payload = packet.getPayload().orElse(ByteBuffer.allocate(0));
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
