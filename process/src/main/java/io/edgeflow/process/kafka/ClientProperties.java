package io.edgeflow.process.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The properties of each kind of client: our defaults, what is configured, what is not up to it.
 */
final class ClientProperties {
  /** Small, because an edge has little memory and the documents are few KiB. */
  private static final Map<String, Object> COMMON =
      Map.of(
          "metric.reporters", "",
          "enable.metrics.push", false,
          "reconnect.backoff.max.ms", 30_000,
          "request.timeout.ms", 10_000,
          "default.api.timeout.ms", 10_000);

  private static final Map<String, Object> WRITTEN_FOR_GOOD =
      Map.of(
          "acks",
          "all",
          "enable.idempotence",
          true,
          "key.serializer",
          StringSerializer.class,
          "value.serializer",
          ByteArraySerializer.class);

  /** What a member that died was reading waits for so long; Kafka's own default is 45 s. */
  private static final Map<String, Object> MEMBERSHIP =
      Map.of("session.timeout.ms", 10_000, "heartbeat.interval.ms", 2_000);

  private ClientProperties() {}

  static Map<String, Object> admin(KafkaCluster cluster) {
    return with(cluster, Map.of("retries", 3), Map.of());
  }

  static Map<String, Object> producer(KafkaCluster cluster) {
    return with(
        cluster,
        Map.of(
            "buffer.memory", 2 << 20,
            "max.block.ms", 10_000,
            "delivery.timeout.ms", 20_000),
        WRITTEN_FOR_GOOD);
  }

  /**
   * Of records that are many and not small.
   *
   * @param mostBytes of one
   */
  static Map<String, Object> appender(KafkaCluster cluster, int mostBytes) {
    return with(
        cluster,
        Map.of(
            "buffer.memory",
            32 << 20,
            "batch.size",
            128 << 10,
            "max.block.ms",
            2_000,
            "delivery.timeout.ms",
            15_000,
            "max.request.size",
            mostBytes + (64 << 10)),
        WRITTEN_FOR_GOOD);
  }

  /**
   * Of a reader that commits what was settled.
   *
   * @param group who shares the records
   */
  static Map<String, Object> member(KafkaCluster cluster, String group) {
    Map<String, Object> defaults =
        new HashMap<>(
            Map.of(
                "fetch.max.bytes",
                4 << 20,
                "max.partition.fetch.bytes",
                1 << 20,
                "metadata.max.age.ms",
                30_000));
    if (isClassic(cluster)) {
      defaults.putAll(MEMBERSHIP);
      defaults.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    }
    return with(cluster, defaults, reading(Optional.of(group), "earliest"));
  }

  /**
   * @param group absent: one that nobody shares the records with, and that keeps no position
   * @param first where to begin without a position, {@code earliest} or {@code latest}
   */
  static Map<String, Object> consumer(KafkaCluster cluster, Optional<String> group, String first) {
    Map<String, Object> defaults =
        new HashMap<>(Map.of("fetch.max.bytes", 1 << 20, "max.partition.fetch.bytes", 256 << 10));
    if (group.isPresent() && isClassic(cluster)) {
      defaults.putAll(MEMBERSHIP);
    }
    return with(cluster, defaults, reading(group, first));
  }

  /** In the other protocol of groups the cluster has the say in these. */
  private static boolean isClassic(KafkaCluster cluster) {
    return !"consumer".equalsIgnoreCase(cluster.config().properties().get("group.protocol"));
  }

  private static Map<String, Object> reading(Optional<String> group, String first) {
    Map<String, Object> ours =
        new HashMap<>(
            Map.of(
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "auto.offset.reset",
                first,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class));
    group.ifPresent(name -> ours.put("group.id", name));
    return ours;
  }

  private static Map<String, Object> with(
      KafkaCluster cluster, Map<String, Object> defaults, Map<String, Object> ours) {
    Map<String, Object> all = new HashMap<>(COMMON);
    all.put("client.id", cluster.client());
    all.putAll(defaults);
    KafkaConfig config = cluster.config();
    all.putAll(config.properties());
    config.secrets().forEach((name, secret) -> all.put(name, secret.reveal()));
    all.put("bootstrap.servers", config.bootstrapServers());
    all.putAll(ours);
    return all;
  }
}
