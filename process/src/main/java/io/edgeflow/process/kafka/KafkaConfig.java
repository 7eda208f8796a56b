package io.edgeflow.process.kafka;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Kafka cluster that documents of rollouts travel over, beside MQTT.
 *
 * @param bootstrapServers {@code host:port} of some of its brokers; none: no Kafka
 * @param properties of Kafka's clients, passed through as they are
 * @param secrets the same, for values that must not be in a configuration
 */
public record KafkaConfig(
    List<String> bootstrapServers, Map<String, String> properties, Map<String, Secret> secrets) {
  public static final KafkaConfig NONE = new KafkaConfig(List.of(), Map.of(), Map.of());

  private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/]+):\\d{1,5}");

  /** What no document gets lost or doubled without is not up to a configuration. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "acks",
          "enable.idempotence",
          "transactional.id",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer",
          "enable.auto.commit",
          "auto.offset.reset",
          "allow.auto.create.topics");

  public KafkaConfig {
    bootstrapServers = List.copyOf(bootstrapServers);
    properties = Map.copyOf(properties);
    secrets = Map.copyOf(secrets);
    boolean away = bootstrapServers.isEmpty();
    Check check =
        new Check()
            .that(
                bootstrapServers.stream().allMatch(one -> SERVER.matcher(one).matches()),
                "bootstrapServers",
                "must be host:port, or several with commas between them")
            .that(!away || properties.isEmpty(), "properties", "needs kafka.bootstrapServers")
            .that(!away || secrets.isEmpty(), "secrets", "needs kafka.bootstrapServers");
    properties.keySet().forEach(name -> checkName(check, "properties", name));
    secrets.keySet().forEach(name -> checkName(check, "secrets", name));
    properties.keySet().stream()
        .filter(KafkaConfig::isSecret)
        .forEach(name -> check.that(false, "properties", name + " belongs under kafka.secrets"));
    check.orRefuse();
  }

  private static void checkName(Check check, String group, String name) {
    check.that(!OURS.contains(name), group, "must leave " + name + " to EdgeFlow");
  }

  private static boolean isSecret(String name) {
    return name.equals("sasl.jaas.config")
        || name.endsWith(".password")
        || name.equals("ssl.keystore.key");
  }

  /** Whether there is a Kafka at all. */
  public boolean isConfigured() {
    return !bootstrapServers.isEmpty();
  }
}
