package io.edgeflow.process.http;

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
        .get("/health", _ -> Answer.json(Map.of("status", "up")))
        .get("/ready", _ -> ready(readiness.missing()))
        .get(
            "/metrics",
            _ -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.get()));
  }

  private static Answer ready(List<String> missing) {
    return missing.isEmpty()
        ? Answer.json(Map.of("ready", true, "missing", missing))
        : Answer.json(503, Map.of("ready", false, "missing", missing)).with("retry-after", "1");
  }
}
