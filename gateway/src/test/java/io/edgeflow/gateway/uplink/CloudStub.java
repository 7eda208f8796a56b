package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.topic.ParsedTopic;
import io.edgeflow.wire.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Answers hello and commits every frame of an edge that it can read, over a broker. */
final class CloudStub implements MqttCallback, AutoCloseable {
  /** The first client of a broker that just started waits for its classes. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final AtomicInteger CONNECTIONS = new AtomicInteger();

  final Set<Long> committed = new ConcurrentSkipListSet<>();
  final List<Presence> presences = new CopyOnWriteArrayList<>();
  final List<Reported> reports = new CopyOnWriteArrayList<>();
  final List<Hello> hellos = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final MqttAsyncClient client;

  /**
   * Under a name of its own: what a broker clears away of an earlier session of that name may be a
   * message for this one.
   *
   * @param edge whose cloud it is; others use the same broker
   */
  CloudStub(int port, String edge) throws MqttException {
    client =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + port,
            "cloud-" + CONNECTIONS.incrementAndGet(),
            new MemoryPersistence());
    client.setCallback(this);
    client.connect(new MqttConnectionOptions()).waitForCompletion(PATIENCE_MILLIS);
    client.subscribe("edgeflow/v1/" + edge + "/#", 1).waitForCompletion(PATIENCE_MILLIS);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    byte[] payload = message.getPayload();
    Topics.parse(topic).ifPresent(parsed -> executor.execute(() -> arrived(parsed, payload)));
  }

  private void arrived(ParsedTopic topic, byte[] payload) {
    switch (topic.channel()) {
      case UP -> commit(topic.edge(), payload);
      case HELLO -> {
        hellos.add(document(Hello.parse(payload)));
        acknowledge(topic.edge(), Sample.answer());
      }
      case PRESENCE -> presences.add(document(Presence.parse(payload)));
      case REPORTED -> reports.add(document(Reported.parse(payload)));
      case ACK, DESIRED -> {
        // Its own words, and those of another feature.
      }
    }
  }

  private void commit(String edge, byte[] payload) {
    if (FrameCodec.decode(payload) instanceof Decoded.Accepted accepted) {
      long number = accepted.frame().id().number();
      committed.add(number);
      acknowledge(
          edge, Sample.verdict(accepted.frame().id().lane(), number, number, Verdict.COMMITTED));
    }
  }

  private void acknowledge(String edge, Acknowledgement ack) {
    try {
      client.publish(Topics.ack(edge), ack.toBytes(), 1, false);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T document(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T> ok -> ok.document();
      case Parsed.Refused<T> refused -> throw new IllegalStateException(refused.reason());
    };
  }

  /** Says something that is no acknowledgement. */
  void mumble(String edge) throws MqttException {
    client.publish(Topics.ack(edge), "{\"full\":".getBytes(StandardCharsets.UTF_8), 1, false);
  }

  @Override
  public void close() throws MqttException {
    executor.shutdownNow();
    if (client.isConnected()) {
      client.disconnectForcibly(0, 500, true);
    }
    client.close(true);
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {}

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
