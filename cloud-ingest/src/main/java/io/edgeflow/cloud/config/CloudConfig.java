package io.edgeflow.cloud.config;

import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of the cloud process. {@code config/cloud.yaml} explains it key by key.
 *
 * @param dataDir absolute; the embedded PostgreSQL lives here
 * @param updates where versions of programs are announced
 */
public record CloudConfig(
    @Default("data/cloud") Path dataDir,
    MqttConfig mqtt,
    HttpConfig http,
    DatabaseConfig database,
    LimitsConfig limits,
    DeployConfig deploy,
    KafkaConfig kafka,
    List<UpdateConfig> updates) {
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
        .orRefuse();
  }
}
