package io.edgeflow.inference.node.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Loopback;
import io.edgeflow.process.settings.Range;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Health, status and metrics.
 *
 * @param port 0 takes a free one
 * @param users a file of names and hashed passwords; required beyond loopback
 */
public record HttpConfig(
    @Default("127.0.0.1") String host,
    @Default("8082") @Range(min = "0", max = "65535") int port,
    Optional<Path> users) {
  public HttpConfig {
    new Check()
        .that(!host.isBlank(), "host", "must not be blank")
        .that(Loopback.holds(host) || users.isPresent(), "host", Loopback.REFUSAL)
        .orRefuse();
  }
}
