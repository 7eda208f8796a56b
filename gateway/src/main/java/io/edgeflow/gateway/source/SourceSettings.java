package io.edgeflow.gateway.source;

import io.edgeflow.process.mqtt.TopicFilter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broker that is there already, and what to hear of it.
 *
 * @param url {@code tcp}, {@code ssl}, {@code ws} or {@code wss}, with host and port
 * @param ca PEM file of who may vouch for the broker; empty: whom the machine trusts
 * @param clientId the name of the session that the broker keeps; it ends another connection of that
 *     name
 * @param topics never empty
 * @param qos 0 or 1, of the subscriptions
 * @param version the only one to speak; empty: 5, and 3.1.1 where that is not spoken
 * @param window messages that may be unacknowledged, 1 to 65535
 * @param sessionExpiry how long the broker keeps the session without us; MQTT 5 only
 * @param takesRetained whether values that the broker kept from before are readings too
 * @param connectTimeout of the socket, and again of the broker's first answer
 */
public record SourceSettings(
    String name,
    URI url,
    Optional<Path> ca,
    String clientId,
    Optional<String> user,
    @Nullable String password,
    List<TopicFilter> topics,
    int qos,
    Optional<SourceVersion> version,
    int window,
    Duration sessionExpiry,
    boolean takesRetained,
    Duration keepAlive,
    Duration connectTimeout) {
  public SourceSettings {
    topics = List.copyOf(topics);
  }

  /** Whether the subscriptions name the topic: an older session may have had others. */
  boolean asksFor(String topic) {
    for (TopicFilter filter : topics) {
      if (filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  /** To ask whether one would be let in, beside the source itself. */
  public SourceSettings forTrial(Duration patience) {
    return new SourceSettings(
        name,
        url,
        ca,
        clientId + "-check",
        user,
        password,
        topics,
        qos,
        version,
        window,
        sessionExpiry,
        takesRetained,
        keepAlive,
        patience);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SourceSettings[" + name + ", " + url + ", " + clientId + "]";
  }
}
