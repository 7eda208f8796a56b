package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.CaptureSettings;
import io.edgeflow.gateway.broker.CommandListener;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.broker.MemberListener;
import io.edgeflow.gateway.broker.NodeListener;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.config.MqttConfig;
import io.edgeflow.gateway.config.WebSocketConfig;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import java.util.function.Predicate;

/** From what is configured to a broker that sensors publish to. */
final class BrokerParts {
  private BrokerParts() {}

  static GatewayBroker open(
      MqttConfig mqtt,
      Intake intake,
      NodeListener nodes,
      MemberListener members,
      CommandListener commands,
      Predicate<String> wills)
      throws BrokerStartException {
    return GatewayBroker.start(
        settings(mqtt), CaptureSettings.DEFAULT, intake, nodes, members, commands, wills);
  }

  private static BrokerSettings settings(MqttConfig mqtt) {
    return new BrokerSettings(
        mqtt.host(),
        mqtt.port(),
        mqtt.users().orElse(null),
        1,
        mqtt.receiveMaximum(),
        Math.toIntExact(mqtt.maxPacketBytes().bytes()),
        mqtt.maxConnections(),
        BrokerSettings.DEFAULT_MAX_QUEUED_MESSAGES,
        mqtt.maxBytesPerSecond().bytes(),
        null,
        mqtt.webSocket().map(WebSocketConfig::port).orElse(null));
  }
}
