package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The way to the cloud.
 *
 * @param url {@code tcp://host:port}, or {@code ssl://host:port} for TLS
 * @param resendAfter how long a frame waits for the cloud's verdict before it is sent again (L4)
 */
public record UplinkConfig(
    @Default("tcp://127.0.0.1:1884") URI url,
    Optional<String> user,
    Optional<Secret> password,
    @Default("30s") @Range(min = "1s", max = "1h") Duration resendAfter) {
  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

  public UplinkConfig {
    String scheme = url.getScheme();
    new Check()
        .that(
            scheme != null
                && SCHEMES.contains(scheme)
                && url.getHost() != null
                && url.getPort() > 0
                && url.getRawPath().isEmpty(),
            "url",
            "must be tcp://host:port or ssl://host:port")
        .that(url.getUserInfo() == null, "url", "must not hold the user; set uplink.user")
        .that(password.isEmpty() || user.isPresent(), "password", "needs uplink.user beside it")
        .orRefuse();
  }
}
