package io.edgeflow.lab.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import io.edgeflow.gateway.uplink.Link;
import io.edgeflow.wire.topic.Topics;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The network of one edge, which can be cut: over a client that shares its event loops with those
 * of all other edges. It reconnects nothing and repeats nothing. Thread-safe.
 */
final class FleetLink implements Link {
  private static final int KEEP_ALIVE_SECONDS = 20;

  /** What the broker may send at once. */
  private static final int RECEIVE_MAXIMUM = 1000;

  private final URI broker;
  private final String edge;
  private final String clientId;
  private final MqttClientExecutorConfig threads;

  // Guarded by this.
  private @Nullable Line line;
  private boolean cut;

  /**
   * @param broker {@code tcp://host:port}
   */
  FleetLink(URI broker, String edge, String clientId, MqttClientExecutorConfig threads) {
    this.broker = broker;
    this.edge = edge;
    this.clientId = clientId;
    this.threads = threads;
  }

  @Override
  public Attempt open(byte[] will, Listener listener) {
    Line opening;
    synchronized (this) {
      if (cut) {
        listener.closed("the link is cut");
        return Nowhere.INSTANCE;
      }
      opening = new Line(will, listener);
      line = opening;
    }
    opening.connect();
    return opening;
  }

  /** The connection breaks, its will is told, and none comes about until {@link #mend}. */
  void cut() {
    Line breaking;
    synchronized (this) {
      cut = true;
      breaking = line;
    }
    if (breaking != null) {
      breaking.end(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE);
    }
  }

  synchronized void mend() {
    cut = false;
  }

  /** Whether the edge is connected and hears. */
  boolean isUp() {
    Line now;
    synchronized (this) {
      now = line;
    }
    return now != null && now.isUp();
  }

  private enum Nowhere implements Attempt {
    INSTANCE;

    @Override
    public void publish(String topic, byte[] payload, boolean retained) {}

    @Override
    public void close() {}
  }

  private final class Line implements Attempt {
    private final Listener listener;
    private final Mqtt5AsyncClient client;

    // Guarded by this.
    private boolean up;
    private @Nullable Mqtt5DisconnectReasonCode ending;
    private boolean ended;

    Line(byte[] will, Listener listener) {
      this.listener = listener;
      this.client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier(clientId)
              .serverHost(broker.getHost())
              .serverPort(broker.getPort())
              .executorConfig(threads)
              .willPublish(message(Topics.presence(edge), will, true))
              .addDisconnectedListener(context -> over(context.getCause().toString()))
              .buildAsync();
    }

    void connect() {
      client.publishes(
          MqttGlobalPublishFilter.ALL, heard -> heard(heard.getTopic().toString(), heard));
      var _ =
          client
              .connectWith()
              .cleanStart(true)
              .keepAlive(KEEP_ALIVE_SECONDS)
              .restrictions()
              .receiveMaximum(RECEIVE_MAXIMUM)
              .applyRestrictions()
              .send()
              .thenCompose(connected -> client.subscribe(subscriptions()))
              .whenComplete(
                  (subscribed, failure) -> {
                    if (failure == null) {
                      opened();
                    } else {
                      // One that failed to connect has told so already.
                      end(Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION);
                    }
                  });
    }

    private Mqtt5Subscribe subscriptions() {
      return Mqtt5Subscribe.builder()
          .addSubscription()
          .topicFilter(Topics.ack(edge))
          .qos(MqttQos.AT_LEAST_ONCE)
          .applySubscription()
          .addSubscription()
          .topicFilter(Topics.desired(edge))
          .qos(MqttQos.AT_LEAST_ONCE)
          .applySubscription()
          .build();
    }

    private void heard(String topic, Mqtt5Publish message) {
      // Documents that say what is to run are read by whoever runs something.
      if (topic.equals(Topics.ack(edge))) {
        listener.acknowledged(message.getPayloadAsBytes());
      }
    }

    private void opened() {
      Mqtt5DisconnectReasonCode meanwhile;
      synchronized (this) {
        meanwhile = ending;
        up = meanwhile == null && !ended;
      }
      if (meanwhile != null) {
        disconnect(meanwhile);
      } else if (isUp()) {
        listener.opened();
      }
    }

    synchronized boolean isUp() {
      return up;
    }

    void end(Mqtt5DisconnectReasonCode how) {
      synchronized (this) {
        if (ending != null || ended) {
          return;
        }
        ending = how;
        up = false;
      }
      disconnect(how);
    }

    /** One that is still connecting cannot be ended yet: it ends once it is there. */
    private void disconnect(Mqtt5DisconnectReasonCode how) {
      var _ = client.disconnectWith().reasonCode(how).send();
    }

    private void over(String reason) {
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
        up = false;
      }
      listener.closed(reason);
    }

    @Override
    public void publish(String topic, byte[] payload, boolean retained) {
      var _ = client.publish(message(topic, payload, retained));
    }

    @Override
    public void close() {
      end(Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION);
    }
  }

  private static Mqtt5Publish message(String topic, byte[] payload, boolean retained) {
    return Mqtt5Publish.builder()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retained)
        .build();
  }

  /** Event loops for a whole fleet. */
  static MqttClientExecutorConfig threads(int loops) {
    return MqttClientExecutorConfig.builder().nettyThreads(loops).build();
  }
}
