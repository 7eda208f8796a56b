package io.edgeflow.cloud;

import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.config.DeployConfig;
import io.edgeflow.cloud.config.DeployConfig.Channel;
import io.edgeflow.cloud.deploy.DeployChannel;
import io.edgeflow.cloud.deploy.ReportListener;
import io.edgeflow.cloud.deploy.kafka.KafkaDeployments;
import io.edgeflow.cloud.deploy.kafka.UpdateTrigger;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rollouts over Kafka, where a cluster is configured. Where none is, nothing of it is loaded. */
record KafkaParts(DeployConfig deploy, Optional<KafkaDeployments> channel) {
  static KafkaParts open(
      Lifecycle parts,
      CloudConfig config,
      ReportListener reports,
      UpdateTrigger trigger,
      MeterRegistry registry)
      throws Exception {
    if (!config.kafka().isConfigured()) {
      return new KafkaParts(config.deploy(), Optional.empty());
    }
    return new KafkaParts(
        config.deploy(),
        Optional.of(
            parts.open(
                "kafka",
                () ->
                    KafkaDeployments.open(
                        config.kafka().cluster(),
                        config.deploy().audience(),
                        reports,
                        trigger,
                        registry),
                KafkaDeployments::close)));
  }

  /** By which ways documents go. */
  List<DeployChannel> channels(DeployChannel mqtt) {
    List<DeployChannel> all = new ArrayList<>();
    for (Channel wanted : deploy.channels()) {
      switch (wanted) {
        case MQTT -> all.add(mqtt);
        case KAFKA -> channel.ifPresent(all::add);
      }
    }
    return all;
  }

  /** What is to be seen to, after what others say. */
  List<String> warnings(List<String> others) {
    List<String> all = new ArrayList<>(others);
    channel
        .map(KafkaDeployments::state)
        .map(KafkaState::detail)
        .filter(detail -> !detail.isEmpty())
        .ifPresent(detail -> all.add("Kafka: " + detail));
    return all;
  }
}
