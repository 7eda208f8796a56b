package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Loopback;
import io.edgeflow.process.settings.Range;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The broker that edges connect to.
 *
 * @param port 0 takes a free one
 * @param users a file of names and hashed passwords; required beyond loopback. A user may speak as
 *     the edge of that name, or where publish and subscribe filters are given, on those topics
 * @param maxConnections edges at the same time
 * @param maxBytesPerSecond of all edges together
 */
public record MqttConfig(
    @Default("127.0.0.1") String host,
    @Default("1884") @Range(min = "0", max = "65535") int port,
    Optional<Path> users,
    @Default("2000") @Range(min = "1", max = "100000") int maxConnections,
    @Default("256MiB") @Range(min = "64KiB") ByteSize maxBytesPerSecond) {
  public MqttConfig {
    new Check()
        .that(!host.isBlank(), "host", "must not be blank")
        .that(Loopback.holds(host) || users.isPresent(), "host", Loopback.REFUSAL)
        .orRefuse();
  }
}
