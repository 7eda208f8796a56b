package io.edgeflow.process.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What every process answers: {@code /health}, {@code /ready}, {@code /metrics}. */
public final class StandardRoutes {
  private StandardRoutes() {}

  /**
   * @param metrics the meters in Prometheus' text format
   */
  public static Routes add(Routes routes, Readiness readiness, Supplier<String> metrics) {
    return routes
        .atOnce("/health", Answer.json(Map.of("status", "up")))
        .get("/ready", _ -> ready(readiness.missing(), readiness.warnings()))
        .get(
            "/metrics",
            _ -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.get()));
  }

  private record Ready(
      boolean ready,
      List<String> missing,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {}

  private static Answer ready(List<String> missing, List<String> warnings) {
    Ready ready = new Ready(missing.isEmpty(), missing, warnings);
    return ready.ready() ? Answer.json(ready) : Answer.json(503, ready).with("retry-after", "1");
  }
}
