package io.edgeflow.gateway;

import io.edgeflow.gateway.actions.ActionLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts what actions tell, on its way to whoever keeps it. */
final class ActionMeters {
  private static final String TIMES = "times";

  private ActionMeters() {}

  static ActionLog counting(MeterRegistry registry, ActionLog log) {
    Map<String, Counter> counters =
        Map.of(
            "action-done", counter(registry, "done"),
            "action-refused", counter(registry, "refused"),
            "action-differs", counter(registry, "differs"));
    return (severity, type, message, detail) -> {
      Counter counter = counters.get(type);
      if (counter != null) {
        counter.increment(Double.parseDouble(detail.getOrDefault(TIMES, "1")));
      }
      log.event(severity, type, message, detail);
    };
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("edgeflow.actions")
        .description("What actions did, and could not do.")
        .tag("outcome", outcome)
        .register(registry);
  }
}
