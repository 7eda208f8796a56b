package io.edgeflow.gateway.uplink;

import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import io.edgeflow.wire.topic.Topics;
import java.util.List;
import java.util.function.Consumer;

/**
 * The link over MQTT 5: presence is the will; what is heard is acknowledgements, and documents that
 * say what is to run.
 */
public final class PahoLink implements Link {
  /** Unacknowledged packets at most: frames are large. */
  private static final int WINDOW = 100;

  private final String edge;
  private final MqttLink link;
  private final Consumer<byte[]> desired;

  /** For an edge that takes no documents. */
  public PahoLink(LinkSettings settings) {
    this(settings, document -> {});
  }

  /**
   * @param desired hears each document that the broker has or gets; must not block
   */
  public PahoLink(LinkSettings settings, Consumer<byte[]> desired) {
    this.desired = desired;
    this.edge = settings.edge();
    this.link =
        new MqttLink(
            new MqttLinkSettings(
                settings.url(),
                settings.edge() + "-" + settings.incarnation(),
                settings.user(),
                settings.password(),
                settings.connectTimeout(),
                settings.keepAlive(),
                WINDOW),
            "uplink-link");
  }

  @Override
  public Attempt open(byte[] will, Listener listener) {
    return new MqttAttempt(
        link.open(
            Topics.presence(edge),
            will,
            List.of(
                new Subscription(Topics.ack(edge), false),
                new Subscription(Topics.desired(edge), false)),
            new Heard(listener, Topics.desired(edge), desired)));
  }

  @Override
  public void close() {
    link.close();
  }

  private record MqttAttempt(MqttConnection connection) implements Attempt {
    @Override
    public void publish(String topic, byte[] payload, boolean retained) {
      connection.publish(topic, payload, retained);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private record Heard(Listener listener, String desiredTopic, Consumer<byte[]> desired)
      implements MqttListener {
    @Override
    public void opened() {
      listener.opened();
    }

    @Override
    public void message(String topic, byte[] payload) {
      if (topic.equals(desiredTopic)) {
        desired.accept(payload);
      } else {
        listener.acknowledged(payload);
      }
    }

    @Override
    public void closed(String reason) {
      listener.closed(reason);
    }
  }
}
