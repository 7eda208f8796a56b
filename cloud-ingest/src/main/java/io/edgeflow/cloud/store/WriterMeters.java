package io.edgeflow.cloud.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts what the writers do. Thread-safe. */
final class WriterMeters {
  private final MeterRegistry registry;
  private final Timer commits;
  private final Counter rows;

  WriterMeters(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Timer.builder("edgeflow.writer.commit")
            .description(
                "Transactions of frames and hellos, from their first statement to the end of the"
                    + " commit.")
            .register(registry);
    this.rows =
        Counter.builder("edgeflow.writer.rows")
            .description("Windows, changes, raw readings and events that were committed.")
            .register(registry);
  }

  void watch(List<BatchWriter> writers) {
    for (int i = 0; i < writers.size(); i++) {
      String number = Integer.toString(i);
      Gauge.builder("edgeflow.writer.waiting", writers.get(i), BatchWriter::waiting)
          .tag("writer", number)
          .description("Messages of edges that wait for this writer.")
          .register(registry);
      Gauge.builder("edgeflow.writer.waiting.bytes", writers.get(i), BatchWriter::waitingBytes)
          .tag("writer", number)
          .description("Bytes of frames that were taken and are not judged.")
          .register(registry);
      Gauge.builder("edgeflow.writer.healthy", writers.get(i), w -> w.healthy() ? 1 : 0)
          .tag("writer", number)
          .description("1 if this writer's last try to reach the database succeeded.")
          .register(registry);
    }
  }

  void committed(CommittedBatch batch, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    rows.increment((double) batch.stored().stream().mapToLong(frame -> frame.rows()).sum());
    batch
        .refusals()
        .forEach(
            (reason, count) ->
                registry.counter("edgeflow.quarantined", "reason", reason).increment(count));
  }

  /** A transaction is tried again. */
  void retried(Exception why) {
    registry.counter("edgeflow.writer.retries", "reason", Trouble.word(why)).increment();
  }
}
