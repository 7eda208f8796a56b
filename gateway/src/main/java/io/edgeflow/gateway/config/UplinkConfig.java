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
 * @param backlogOrder in which order frames go that waited, lane by lane
 * @param backlogShare of the bytes sent while live frames wait too, the backlog gets one in this
 *     many
 * @param drainJitter after an outage the backlog waits for a random part of this before it begins
 *     to go, at most a quarter of the outage: many edges that lost one cloud return together
 */
public record UplinkConfig(
    @Default("tcp://127.0.0.1:1884") URI url,
    Optional<String> user,
    Optional<Secret> password,
    @Default("30s") @Range(min = "1s", max = "1h") Duration resendAfter,
    @Default("oldest") BacklogOrder backlogOrder,
    @Default("4") @Range(min = "2", max = "100") int backlogShare,
    @Default("5s") @Range(min = "0s", max = "1h") Duration drainJitter) {
  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

  /** Which frames of a lane go first when the link is back. */
  public enum BacklogOrder {
    OLDEST,
    /** Recent minutes first, so that dashboards are right soon. */
    NEWEST
  }

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
