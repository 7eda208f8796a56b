package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.settings.ByteSize;
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

/**
 * The configuration of the service. {@code config/sync-node.yaml} explains it key by key.
 *
 * @param program which program it installs: the slot's name in rollouts
 * @param requests the folder that it shares with the gateway
 * @param dataDir absolute; nobody but this service may write here
 * @param root the public key that says whose signatures count, a file of this service's own
 * @param keep proven versions that stay on the disk beside the one that runs
 * @param attempts starts of this service that one installation may take
 * @param poll how often it looks
 */
public record SyncNodeConfig(
    @Default("edgeflow-node") String program,
    @Default("data/gateway/application") Path requests,
    @Default("data/sync-node") Path dataDir,
    Path root,
    @Default("2") @Range(min = "1", max = "20") int keep,
    @Default("3") @Range(min = "1", max = "100") int attempts,
    @Default("1s") @Range(min = "10ms", max = "1m") Duration poll,
    CommandsConfig commands,
    HealthConfig health,
    LimitsConfig limits) {
  public SyncNodeConfig {
    new Check()
        .that(program.matches("[a-z0-9_-]{1,64}"), "program", "must be 1 to 64 of a-z 0-9 _ -")
        .that(!dataDir.equals(requests), "dataDir", "must be another folder than requests")
        .that(
            !dataDir.startsWith(requests),
            "dataDir",
            "must not lie in requests, where the gateway may write")
        .orRefuse();
  }

  /**
   * Programs with their arguments; no shell reads them. {@code {image}} and {@code {file}} stand
   * for what the bundle names.
   *
   * @param restarts prints how often the program was started again by itself, alone or as {@code
   *     NAME=3}; empty: told by its answers
   * @param timeout of each of the others
   * @param longTimeout of pull, load, inspect and install
   */
  public record CommandsConfig(
      @Default("systemctl, restart, edgeflow-node") List<String> restart,
      @Default("systemctl, show, --property=NRestarts, edgeflow-node") List<String> restarts,
      @Default("docker, image, pull, {image}") List<String> pull,
      @Default("docker, image, load, --input, {file}") List<String> load,
      @Default("docker, image, inspect, {image}") List<String> inspect,
      @Default("dpkg, --install, {file}") List<String> install,
      @Default("2m") @Range(min = "1s", max = "1h") Duration timeout,
      @Default("30m") @Range(min = "1s", max = "1d") Duration longTimeout) {
    public CommandsConfig {
      new Check().that(!restart.isEmpty(), "restart", "must name a command").orRefuse();
    }
  }

  /**
   * @param url of the program's page
   * @param within it must answer after a start
   * @param patience how long it may not answer during its soak
   * @param restarts it may end by itself during start and soak
   */
  public record HealthConfig(
      @Default("http://127.0.0.1:8081") URI url,
      Optional<String> user,
      Optional<Secret> password,
      @Default("2m") @Range(min = "1s", max = "1h") Duration within,
      @Default("1m") @Range(min = "0s", max = "1h") Duration patience,
      @Default("0") @Range(min = "0", max = "100") int restarts) {
    public HealthConfig {
      new Check()
          .that(
              url.getHost() != null && Set.of("http", "https").contains(url.getScheme()),
              "url",
              "must be http://host:port")
          .orRefuse();
    }
  }

  /**
   * @param maxBytes of an unpacked package
   * @param maxFiles in it
   */
  public record LimitsConfig(
      @Default("2GiB") @Range(min = "1KiB") ByteSize maxBytes,
      @Default("20000") @Range(min = "1", max = "1000000") int maxFiles) {}
}
