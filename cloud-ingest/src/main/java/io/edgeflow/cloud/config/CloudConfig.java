package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration of the cloud process. {@code config/cloud.yaml} explains it key by key.
 *
 * @param name of this process among several; absent: the machine's
 * @param dataDir absolute; the embedded PostgreSQL lives here
 * @param intake how frames get from edges' connections to the writers; absent: see {@link #road}
 * @param updates where versions of programs are announced
 */
public record CloudConfig(
    Optional<String> name,
    @Default("data/cloud") Path dataDir,
    MqttConfig mqtt,
    HttpConfig http,
    DatabaseConfig database,
    LimitsConfig limits,
    DeployConfig deploy,
    CloudKafka kafka,
    Optional<Road> intake,
    List<UpdateConfig> updates) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** How frames get from edges' connections to the writers. */
  public enum Road {
    /** Each process stores what comes to it. */
    MQTT,
    /** Over a topic, which any number of processes share. */
    KAFKA
  }

  public CloudConfig {
    updates = List.copyOf(updates);
    new Check()
        .that(
            mqtt.port() == 0 || mqtt.port() != http.port(),
            "http.port",
            "must differ from mqtt.port")
        .that(
            kafka.isConfigured() || deploy.channels().contains(DeployConfig.Channel.MQTT),
            "deploy.channels",
            "needs kafka.bootstrapServers where it leaves MQTT out")
        .that(
            intake.isEmpty() || intake.get() == Road.MQTT || kafka.isConfigured(),
            "intake",
            "kafka needs kafka.bootstrapServers")
        .that(
            intake.isEmpty() || intake.get() == Road.MQTT || database.url().isPresent(),
            "intake",
            "kafka needs database.url: the embedded PostgreSQL is one process' own")
        .that(
            name.isEmpty() || NAME.matcher(name.get()).matches(),
            "name",
            "must be 1 to 64 letters, digits, '.', '_' or '-'")
        .orRefuse();
  }

  /** What people call this process among several. */
  public String processName() {
    return name.orElseGet(CloudConfig::hostName);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  /** Over Kafka, unless something else is asked for, where several processes are possible. */
  public Road road() {
    boolean possible = kafka.isConfigured() && database.url().isPresent();
    return intake.orElse(possible ? Road.KAFKA : Road.MQTT);
  }
}
