package io.edgeflow.inference.node;

import io.edgeflow.process.link.MqttConnection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages with scores, from their making until the gateway has acknowledged, which means journaled
 * them. What a broken connection left unacknowledged goes again over the next one, in order. Any
 * thread.
 */
final class ScoreOutbox {
  private static final Logger log = LoggerFactory.getLogger(ScoreOutbox.class);

  private final int most;
  private final Map<Long, Message> waiting = new LinkedHashMap<>();
  private @Nullable MqttConnection connection;
  private long made;
  private long written;
  private long refused;

  private record Message(String topic, String payload, int scores) {}

  /**
   * What became of scores.
   *
   * @param written acknowledged by the gateway
   * @param refused the gateway's broker does not let us write them
   * @param waiting messages without an answer
   */
  record Figures(long written, long refused, int waiting) {}

  /**
   * @param most messages that may wait before {@link #hasRoom} says no
   */
  ScoreOutbox(int most) {
    this.most = most;
  }

  /** Whether more scores should be made. */
  synchronized boolean hasRoom() {
    return waiting.size() < most;
  }

  synchronized void put(String topic, String payload, int scores) {
    long id = made++;
    var message = new Message(topic, payload, scores);
    waiting.put(id, message);
    MqttConnection now = connection;
    if (now != null) {
      send(now, id, message);
    }
  }

  synchronized void connected(MqttConnection opened) {
    connection = opened;
    waiting.forEach((id, message) -> send(opened, id, message));
  }

  synchronized void disconnected() {
    connection = null;
  }

  private void send(MqttConnection to, long id, Message message) {
    byte[] payload = message.payload().getBytes(StandardCharsets.US_ASCII);
    to.publish(message.topic(), payload, false, fault -> settled(id, fault));
  }

  private synchronized void settled(long id, String fault) {
    Message message = waiting.remove(id);
    if (message == null) {
      return;
    }
    if (fault.isEmpty()) {
      written += message.scores();
      return;
    }
    if (refused == 0) {
      log.warn("scores cannot be written topic={} error={}", message.topic(), fault);
    }
    refused += message.scores();
  }

  synchronized Figures figures() {
    return new Figures(written, refused, waiting.size());
  }
}
