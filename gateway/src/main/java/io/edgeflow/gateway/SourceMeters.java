package io.edgeflow.gateway;

import io.edgeflow.gateway.source.SourceStatus;
import io.edgeflow.gateway.source.SourceStatus.Counts;
import io.edgeflow.gateway.source.Sources;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Figures of other brokers that this gateway is a client of. */
final class SourceMeters {
  private SourceMeters() {}

  static void register(MeterRegistry meters, Sources sources, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      String name = names.get(i);
      count(meters, sources, name, index, "received", Counts::received);
      count(meters, sources, name, index, "acknowledged", Counts::acknowledged);
      count(meters, sources, name, index, "dropped", Counts::dropped);
      count(meters, sources, name, index, "retained", Counts::retained);
      count(meters, sources, name, index, "unasked", Counts::unasked);
      count(meters, sources, name, index, "failed", Counts::failed);
      gauge(meters, sources, name, index, "edgeflow.source.connected", SourceMeters::connected);
      gauge(meters, sources, name, index, "edgeflow.source.held", SourceStatus::held);
    }
  }

  private static void count(
      MeterRegistry meters,
      Sources sources,
      String source,
      int index,
      String outcome,
      ToDoubleFunction<Counts> value) {
    FunctionCounter.builder(
            "edgeflow.source.messages",
            sources,
            all -> value.applyAsDouble(all.statuses().get(index).counts()))
        .description("Messages of other brokers, and what became of them.")
        .tag("source", source)
        .tag("outcome", outcome)
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters,
      Sources sources,
      String source,
      int index,
      String name,
      ToDoubleFunction<SourceStatus> value) {
    Gauge.builder(name, sources, all -> value.applyAsDouble(all.statuses().get(index)))
        .tag("source", source)
        .strongReference(true)
        .register(meters);
  }

  private static double connected(SourceStatus status) {
    return status.state() == SourceStatus.State.CONNECTED ? 1 : 0;
  }
}
