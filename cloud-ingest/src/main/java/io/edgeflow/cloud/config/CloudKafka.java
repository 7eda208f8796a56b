package io.edgeflow.cloud.config;

import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Kafka cluster: for documents of rollouts, for frames where {@code intake} is kafka, and for
 * what others want to read.
 *
 * @param bootstrapServers see {@link KafkaConfig}, as the next two
 * @param group who shares the frames; absent: named for the database, so that the processes of one
 *     database share them and two databases never do
 * @param partitions of the topic of frames where it is made here: as many processes can share it;
 *     as many have the topics of what is published
 * @param retention how long these topics keep what they are given
 * @param publish what of the stored is published for others
 */
public record CloudKafka(
    List<String> bootstrapServers,
    Map<String, String> properties,
    Map<String, Secret> secrets,
    Optional<String> group,
    @Default("12") int partitions,
    @Default("72h") Duration retention,
    List<Publish> publish) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final int MOST_PARTITIONS = 1_000;

  /** What others can read of what is stored. */
  public enum Publish {
    WINDOWS,
    EVENTS
  }

  public CloudKafka {
    publish = List.copyOf(publish);
    KafkaConfig cluster = new KafkaConfig(bootstrapServers, properties, secrets);
    bootstrapServers = cluster.bootstrapServers();
    properties = cluster.properties();
    secrets = cluster.secrets();
    new Check()
        .that(
            group.isEmpty() || GROUP.matcher(group.get()).matches(),
            "group",
            "must be letters, digits, '.', '_' or '-'")
        .that(
            partitions >= 1 && partitions <= MOST_PARTITIONS,
            "partitions",
            "must be between 1 and " + MOST_PARTITIONS)
        .that(
            retention.compareTo(Duration.ofMinutes(10)) >= 0, "retention", "must be 10m or longer")
        .that(
            cluster.isConfigured() || publish.isEmpty(), "publish", "needs kafka.bootstrapServers")
        .that(cluster.isConfigured() || group.isEmpty(), "group", "needs kafka.bootstrapServers")
        .orRefuse();
  }

  /** Whether there is a Kafka at all. */
  public boolean isConfigured() {
    return !bootstrapServers.isEmpty();
  }

  /** How to reach it. */
  public KafkaConfig cluster() {
    return new KafkaConfig(bootstrapServers, properties, secrets);
  }
}
