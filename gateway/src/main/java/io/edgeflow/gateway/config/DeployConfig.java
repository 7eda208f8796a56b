package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Which rollouts a gateway takes, and where from. {@code docs/rollouts.md} explains it.
 *
 * @param root the public key that says whose signatures count; absent: it takes no rollouts
 * @param audience the cloud whose documents count
 * @param url where bundles and keys are; absent: port 8080 of the uplink's host
 * @param maxBytesPerSecond of downloads; absent: as the line gives and telemetry leaves
 * @param keep bundles that stay on the disk for each slot, beside those that are needed
 */
public record DeployConfig(
    Optional<Path> root,
    @Default("edgeflow") String audience,
    Optional<URI> url,
    Optional<String> user,
    Optional<Secret> password,
    Optional<ByteSize> maxBytesPerSecond,
    @Default("3") @Range(min = "0", max = "100") int keep) {
  private static final int WEB = 8080;
  private static final int LONGEST_AUDIENCE = 64;
  private static final long LEAST_RATE = 1024;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  public DeployConfig {
    new Check()
        .that(
            !audience.isBlank() && audience.length() <= LONGEST_AUDIENCE,
            "audience",
            "must be 1 to 64 characters")
        .that(url.isEmpty() || isWeb(url.get()), "url", "must be http://host:port or https://…")
        .that(
            url.isEmpty() || url.get().getUserInfo() == null,
            "url",
            "must not hold the user; set deploy.user")
        .that(password.isEmpty() || user.isPresent(), "password", "needs deploy.user beside it")
        .that(
            maxBytesPerSecond.isEmpty() || maxBytesPerSecond.get().bytes() >= LEAST_RATE,
            "maxBytesPerSecond",
            "must be 1KiB or more")
        .orRefuse();
  }

  private static boolean isWeb(URI url) {
    return url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null;
  }

  /** Where bundles and keys are. */
  public URI url(UplinkConfig uplink) {
    return url.orElseGet(() -> URI.create("http://" + uplink.url().getHost() + ":" + WEB));
  }
}
