package io.edgeflow.cloud.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the cloud knows of everything that bears on a rollout.
 *
 * @param edges by name
 * @param listening since when the cloud hears edges without a break. An edge that could not be
 *     heard was not silent
 * @param others the rollouts beside the one that is stepped; those that ended may be left out
 * @param disabled names of models that must not score
 */
public record FleetView(
    Map<String, EdgeView> edges,
    Instant listening,
    List<RolloutState> others,
    Set<String> disabled) {
  public FleetView {
    edges = Map.copyOf(edges);
    others = List.copyOf(others);
    disabled = Set.copyOf(disabled);
  }

  public static FleetView of(List<EdgeView> edges, Instant listening) {
    var byName = new LinkedHashMap<String, EdgeView>();
    edges.forEach(edge -> byName.put(edge.edge(), edge));
    return new FleetView(byName, listening, List.of(), Set.of());
  }

  public FleetView withOthers(List<RolloutState> rollouts) {
    return new FleetView(edges, listening, rollouts, disabled);
  }

  Optional<EdgeView> edge(String name) {
    return Optional.ofNullable(edges.get(name));
  }

  /** Whether the edge was silent for so long, while it could have been heard. */
  boolean silent(String name, Duration span, Instant now) {
    EdgeView edge = edges.get(name);
    if (edge == null) {
      return true;
    }
    Instant heard = edge.heard().filter(listening::isBefore).orElse(listening);
    return !edge.online() && !heard.plus(span).isAfter(now);
  }
}
