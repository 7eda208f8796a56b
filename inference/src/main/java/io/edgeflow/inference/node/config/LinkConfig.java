package io.edgeflow.inference.node.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway whose readings are scored.
 *
 * @param url {@code tcp://host:port} of its broker, or {@code ssl://host:port} for TLS
 * @param keepAlive its broker gives a silent node up after one and a half of it
 * @param reconnect the longest wait between two attempts to connect
 * @param scores the fixed levels of the topics that scores are published to
 */
public record LinkConfig(
    @Default("tcp://127.0.0.1:1883") URI url,
    Optional<String> user,
    Optional<Secret> password,
    @Default("5s") @Range(min = "2s", max = "5m") Duration keepAlive,
    @Default("10s") @Range(min = "100ms", max = "10m") Duration reconnect,
    @Default("sensors") String scores) {
  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

  public LinkConfig {
    new Check()
        .that(isBroker(url), "url", "must be tcp://host:port or ssl://host:port")
        .that(url.getUserInfo() == null, "url", "must not hold the user; set gateway.user")
        .that(password.isEmpty() || user.isPresent(), "password", "needs gateway.user beside it")
        .that(
            keepAlive.toNanosPart() == 0, "keepAlive", "must be whole seconds, as MQTT counts them")
        .orRefuse();
  }

  private static boolean isBroker(URI url) {
    return url.getScheme() != null
        && SCHEMES.contains(url.getScheme())
        && url.getHost() != null
        && url.getPort() > 0
        && url.getRawPath().isEmpty();
  }
}
