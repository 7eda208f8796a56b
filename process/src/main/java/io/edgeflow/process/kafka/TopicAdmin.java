package io.edgeflow.process.kafka;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks whether topics are there before anything is written, because a broker may make one by
 * itself otherwise, that forgets. Blocks for the cluster.
 */
final class TopicAdmin {
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
    var asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return admin.describeConfigs(List.of(asked)).all().get().values().stream()
          .anyMatch(found -> !found.get("cleanup.policy").value().equals("compact"));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AuthorizationException
          // It was made a moment ago, and this broker has not heard.
          || failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new KafkaException(failed);
    }
  }
}
