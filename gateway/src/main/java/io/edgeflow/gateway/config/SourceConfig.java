package io.edgeflow.gateway.config;

import io.edgeflow.process.mqtt.TopicFilter;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A broker that is there already, out of which readings come. {@code docs/mqtt-source.md} explains
 * it.
 *
 * @param url {@code tcp://host:port}, {@code ssl://host:port} for TLS, or {@code ws://} and {@code
 *     wss://} with a path
 * @param ca a PEM file of who may vouch for the broker over TLS; absent: whom the machine trusts
 * @param clientId the name of the session that the broker keeps; absent: of the edge and the source
 * @param topics filters of what to subscribe to; the mappings say what becomes of it
 * @param qos of the subscriptions
 * @param mqttVersion absent: 5, and 3.1.1 where the broker does not speak it
 * @param window messages that the broker may send without an acknowledgement
 * @param sessionExpiry how long the broker keeps the session while the gateway is away; with MQTT
 *     3.1.1 the broker decides
 * @param retained what becomes of old values that the broker sends because we subscribe
 * @param keepAlive how soon a connection that died without a word is noticed
 */
public record SourceConfig(
    URI url,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Path> ca,
    Optional<String> clientId,
    List<String> topics,
    @Default("1") @Range(min = "0", max = "1") int qos,
    Optional<Version> mqttVersion,
    @Default("500") @Range(min = "1", max = "65535") int window,
    @Default("7d") @Range(min = "1m", max = "365d") Duration sessionExpiry,
    @Default("ignore") Retained retained,
    @Default("30s") @Range(min = "1s", max = "1h") Duration keepAlive) {
  private static final Set<String> SOCKETS = Set.of("tcp", "ssl");
  private static final Set<String> WEB_SOCKETS = Set.of("ws", "wss");
  private static final int LONGEST_CLIENT_ID = 200;

  /** How names of sources look: they stand in the client's id and in metrics. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Values from before, that the other broker kept. */
  public enum Retained {
    /** They are no fresh readings. */
    IGNORE,
    /** They are readings; without a stamp of their own, of the time at which they arrive. */
    TAKE
  }

  /** Of MQTT, {@code 5} or {@code 3.1.1}. */
  public record Version(String word) {
    private static final Set<String> KNOWN = Set.of("5", "3.1.1");

    public Version {
      if (!KNOWN.contains(word)) {
        throw new IllegalArgumentException("must be 5 or 3.1.1");
      }
    }

    /** As it stands in a configuration. */
    public static Version parse(String text) {
      return new Version(text);
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public SourceConfig {
    topics = List.copyOf(topics);
    new Check()
        .that(
            isAddress(url),
            "url",
            "must be tcp://host:port, ssl://host:port, ws://host:port/path or wss://host:port/path")
        .that(url.getUserInfo() == null, "url", "must not hold the user; set user beside it")
        .that(password.isEmpty() || user.isPresent(), "password", "needs user beside it")
        .that(ca.isEmpty() || isTls(url), "ca", "is for ssl:// and wss:// only")
        .that(
            clientId.isEmpty()
                || (!clientId.get().isBlank() && clientId.get().length() <= LONGEST_CLIENT_ID),
            "clientId",
            "must be 1 to 200 characters")
        .that(!topics.isEmpty(), "topics", "must name at least one")
        .that(
            topics.stream().allMatch(SourceConfig::isFilter),
            "topics",
            "must be topic filters such as sensors/#, with + for a level and # at the end, none of"
                + " edgeflow/ or $")
        .orRefuse();
  }

  private static boolean isAddress(URI url) {
    String scheme = url.getScheme();
    return scheme != null
        && url.getHost() != null
        && url.getPort() > 0
        && (WEB_SOCKETS.contains(scheme)
            || (SOCKETS.contains(scheme) && url.getRawPath().isEmpty()));
  }

  private static boolean isTls(URI url) {
    return "ssl".equals(url.getScheme()) || "wss".equals(url.getScheme());
  }

  private static boolean isFilter(String text) {
    try {
      return !text.startsWith("edgeflow/")
          && !text.startsWith("$")
          && new TopicFilter(text).filter().equals(text);
    } catch (IllegalArgumentException faulty) {
      return false;
    }
  }
}
