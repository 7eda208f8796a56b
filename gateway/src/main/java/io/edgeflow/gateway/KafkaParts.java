package io.edgeflow.gateway;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.deploy.kafka.KafkaChannel;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Documents and reports over Kafka, where a cluster is configured. Where none is, nothing of it is
 * loaded.
 */
record KafkaParts(Optional<KafkaChannel> channel) {
  /**
   * @param offered takes documents, on any thread; must not wait
   */
  static KafkaParts open(GatewayConfig config, Lifecycle parts, Consumer<byte[]> offered)
      throws Exception {
    if (!config.kafka().isConfigured()) {
      return new KafkaParts(Optional.empty());
    }
    return new KafkaParts(
        Optional.of(
            parts.open(
                "kafka",
                () -> KafkaChannel.open(config.kafka(), config.edge(), offered),
                KafkaChannel::close)));
  }

  /** What is reported goes this way too. */
  void report(byte[] document) {
    channel.ifPresent(way -> way.report(document));
  }

  /** How this way is, for people; empty where there is none. */
  String words() {
    return channel.map(KafkaChannel::state).map(KafkaParts::words).orElse("");
  }

  private static String words(KafkaState state) {
    String word = state.connected() ? "connected" : "not connected";
    return state.detail().isEmpty() ? word : word + ": " + state.detail();
  }
}
