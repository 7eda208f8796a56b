package io.edgeflow.gateway.broker;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import io.edgeflow.process.mqtt.BrokerServices;
import io.edgeflow.process.mqtt.Rights;
import java.util.Optional;

/**
 * Refuses what nobody or another one may say for an edge: HiveMQ asks here for each publish, and
 * for a will when its sender connects. The {@link AckGate} asks the same, so that both agree.
 */
final class MemberGuard implements PublishAuthorizer {
  private final BrokerServices services;
  private final MemberListener members;

  MemberGuard(BrokerServices services, MemberListener members) {
    this.services = services;
    this.members = members;
  }

  /**
   * The only edge that a connection can speak for: a user without topic filters of its own is the
   * edge of that name. Empty: one with filters, such as another hub, or where there are no users.
   */
  static Optional<String> speaker(BrokerServices services, ConnectionInformation connection) {
    return services
        .user(connection)
        .filter(user -> services.rights(connection).publish().equals(Rights.ALL.publish()));
  }

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    String topic = input.getPublishPacket().getTopic();
    ConnectionInformation connection = input.getConnectionInformation();
    // Where an authorizer leaves it open, HiveMQ refuses, whatever the permissions say.
    if (services.rights(connection).mayPublish(topic)
        && members.admits(speaker(services, connection), topic)) {
      output.authorizeSuccessfully();
    } else {
      output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, "not a topic of this edge");
    }
  }
}
