package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.CommittedBatch.Settled;
import io.edgeflow.cloud.store.FrameOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what came in and what became of it. Thread-safe. */
final class IntakeMetrics {
  private final MeterRegistry registry;
  private final Counter turnedAway;
  private final Counter readings;

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.turnedAway =
        Counter.builder("edgeflow.intake.turned.away")
            .description("Messages of edges that found the writer's queue full; they come again.")
            .register(registry);
    this.readings =
        Counter.builder("edgeflow.readings")
            .description("Readings by what became of them.")
            .tags("source", "edge", "outcome", "committed", "reason", "")
            .register(registry);
  }

  void settled(Settled frame) {
    registry
        .counter(
            "edgeflow.frames",
            "lane",
            frame.id().lane().word(),
            "outcome",
            frame.outcome().name().toLowerCase(Locale.ROOT))
        .increment();
    if (frame.outcome() == FrameOutcome.COMMITTED) {
      readings.increment((double) frame.readings());
    }
  }

  /**
   * A frame went over Kafka.
   *
   * @param outcome {@code put}, {@code failed}, {@code taken} or {@code ignored}
   */
  void record(String outcome) {
    registry.counter("edgeflow.intake.kafka.records", "outcome", outcome).increment();
  }

  void turnedAway() {
    turnedAway.increment();
  }

  /**
   * @param reason one of a fixed vocabulary
   */
  void unreadable(String reason) {
    registry.counter("edgeflow.intake.unreadable", "reason", reason).increment();
  }
}
