package io.edgeflow.process.link;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens without a request; on threads of Paho's, which must not wait. */
record PahoEvents(BiConsumer<String, byte[]> message, Consumer<String> lost)
    implements MqttCallback {
  private static final Logger LOG = LoggerFactory.getLogger(PahoEvents.class);

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    lost.accept(Reasons.of(response));
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    LOG.debug("the client reports, error={}", Reasons.of(exception));
  }

  @Override
  public void messageArrived(String topic, MqttMessage arrived) {
    message.accept(topic, arrived.getPayload());
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // Each publish has a listener of its own.
  }

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {
    // The token of the connect tells it, with what the broker allows.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // No authentication of several steps is used.
  }
}
