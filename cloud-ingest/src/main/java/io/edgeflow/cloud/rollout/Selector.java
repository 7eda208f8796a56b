package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Glob;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which edges are meant: those that match everything that is given.
 *
 * @param edges names, with {@code *} for any characters; one must match
 * @param sites likewise
 * @param labels with their values, likewise; all must match
 */
public record Selector(List<Glob> edges, List<Glob> sites, Map<String, Glob> labels) {
  public Selector {
    edges = List.copyOf(edges);
    sites = List.copyOf(sites);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    new Check()
        .that(
            !edges.isEmpty() || !sites.isEmpty() || !labels.isEmpty(),
            "",
            "must name edges, sites or labels; every edge is edges: [\"*\"]")
        .orRefuse();
  }

  public boolean matches(EdgeView edge) {
    return anyOf(edges, edge.edge())
        && anyOf(sites, edge.site())
        && labels.entrySet().stream()
            .allMatch(
                wanted -> {
                  String found = edge.labels().get(wanted.getKey());
                  return found != null && wanted.getValue().matches(found);
                });
  }

  private static boolean anyOf(List<Glob> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
