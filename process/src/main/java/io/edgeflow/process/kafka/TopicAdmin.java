package io.edgeflow.process.kafka;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether topics are there before anything is written, because a broker may make one by
 * itself otherwise, that forgets. Blocks for the cluster.
 */
final class TopicAdmin {
  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
  private static final String ADVICE = ": create it with cleanup.policy=compact";

  private TopicAdmin() {}

  /**
   * Makes what is not there.
   *
   * @return what is to be seen to nevertheless, for people; else empty
   * @throws KafkaException if a topic is not there and cannot be made, or nobody answers
   */
  static String create(KafkaCluster cluster, List<String> topics) throws InterruptedException {
    try (Admin admin = Admin.create(ClientProperties.admin(cluster))) {
      for (String topic : topics) {
        if (!exists(admin, topic)) {
          make(admin, topic);
        }
      }
      return remark(admin, topics);
    }
  }

  /** As the other, for a topic of records that are read and forgotten. */
  static String create(KafkaCluster cluster, TopicPlan plan) throws InterruptedException {
    try (Admin admin = Admin.create(ClientProperties.admin(cluster))) {
      if (!exists(admin, plan.name())) {
        make(admin, plan);
      }
      return remark(admin, plan);
    }
  }

  private static void make(Admin admin, TopicPlan plan) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(plan.name(), plan.partitions(), Optional.empty()).configs(plan.settings());
    try {
      admin.createTopics(List.of(wanted)).all().get();
      LOG.info("made the topic {} settings={}", plan.name(), new TreeMap<>(plan.settings()));
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(
            "the topic %s is not there and cannot be made (%s): create it with %s"
                .formatted(plan.name(), Reasons.of(failed), new TreeMap<>(plan.settings())));
      }
    }
  }

  /** Somebody else may have made it, or a broker by itself. */
  private static String remark(Admin admin, TopicPlan plan) throws InterruptedException {
    Optional<Config> found = settings(admin, plan.name());
    if (found.isEmpty()) {
      return "";
    }
    if (found.get().get("cleanup.policy").value().contains("compact")) {
      return "the topic " + plan.name() + " loses records: set its cleanup.policy to delete";
    }
    if (Long.parseLong(found.get().get("max.message.bytes").value()) < plan.mostBytes()) {
      return "the topic %s refuses large records: set its max.message.bytes to %d"
          .formatted(plan.name(), plan.mostBytes());
    }
    return "";
  }

  /**
   * @throws KafkaException if one is not there, or nobody answers
   */
  static void require(KafkaCluster cluster, String topic) throws InterruptedException {
    try (Admin admin = Admin.create(ClientProperties.admin(cluster))) {
      if (!exists(admin, topic)) {
        throw new KafkaException("there is no topic " + topic + ADVICE);
      }
    }
  }

  private static boolean exists(Admin admin, String topic) throws InterruptedException {
    try {
      return !admin.describeTopics(List.of(topic)).allTopicNames().get().isEmpty();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new KafkaException(failed);
    }
  }

  private static void make(Admin admin, String topic) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.empty(), Optional.empty()).configs(KafkaTopics.SETTINGS);
    try {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TopicExistsException) {
        return;
      }
      throw new KafkaException(
          "the topic %s is not there and cannot be made (%s)".formatted(topic, Reasons.of(failed))
              + ADVICE);
    }
  }

  /** Somebody else may have made one. */
  private static String remark(Admin admin, List<String> topics) throws InterruptedException {
    for (String topic : topics) {
      if (forgets(admin, topic)) {
        return "the topic " + topic + " forgets: set its cleanup.policy to compact";
      }
    }
    return "";
  }

  private static boolean forgets(Admin admin, String topic) throws InterruptedException {
    return settings(admin, topic)
        .filter(found -> !found.get("cleanup.policy").value().equals("compact"))
        .isPresent();
  }

  /** Empty where they may not be looked at. */
  private static Optional<Config> settings(Admin admin, String topic) throws InterruptedException {
    var asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Optional.ofNullable(admin.describeConfigs(List.of(asked)).all().get().get(asked));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AuthorizationException
          // It was made a moment ago, and this broker has not heard.
          || failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException(failed);
    }
  }
}
