package io.edgeflow.cloud.deploy.kafka;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts what came and went over Kafka. Thread-safe. */
final class KafkaMeters {
  private final MeterRegistry registry;
  private final String topic;

  KafkaMeters(MeterRegistry registry, String topic) {
    this.registry = registry;
    this.topic = topic;
  }

  /**
   * @param outcome one of a fixed vocabulary
   */
  void count(String outcome) {
    registry.counter("edgeflow.kafka.records", "topic", topic, "outcome", outcome).increment();
  }
}
