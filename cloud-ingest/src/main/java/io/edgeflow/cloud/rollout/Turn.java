package io.edgeflow.cloud.rollout;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose turn it is where several rollouts want the same edges. */
final class Turn {
  private Turn() {}

  /** The rollout over the same edges and slot that must end first. */
  static Optional<RolloutState> behind(RolloutState state, FleetView fleet) {
    return fleet.others().stream()
        .filter(other -> other.phase().live() && !other.id().equals(state.id()))
        .filter(other -> begun(other) || RolloutState.ORDER.compare(other, state) < 0)
        .filter(other -> overlap(state, other, fleet))
        .min(RolloutState.ORDER);
  }

  /** A younger one over the same edges and slot that has begun: it must end before this returns. */
  static Optional<RolloutState> over(RolloutState state, FleetView fleet) {
    return fleet.others().stream()
        .filter(other -> RolloutState.ORDER.compare(state, other) < 0 && begun(other))
        .filter(other -> overlap(state, other, fleet))
        .min(RolloutState.ORDER);
  }

  /** Edges that another rollout, of whatever slot, is changing just now, with its name. */
  static Map<String, String> busy(RolloutState state, FleetView fleet, Instant now) {
    var busy = new HashMap<String, String>();
    for (RolloutState other : fleet.others()) {
      if (other.phase().live() && !other.id().equals(state.id())) {
        other.members().stream()
            .filter(member -> member.step().changing())
            .filter(member -> !fleet.silent(member.edge(), state.spec().silentAfter(), now))
            .forEach(member -> busy.put(member.edge(), other.id()));
      }
    }
    return busy;
  }

  private static boolean begun(RolloutState other) {
    return switch (other.phase()) {
      case Phase.Running(int wave) -> wave >= 0;
      case Phase.RollingBack _ -> true;
      case Phase.Paused(int wave, String _) -> wave >= 0;
      default -> false;
    };
  }

  private static boolean overlap(RolloutState one, RolloutState other, FleetView fleet) {
    // Whatever runs in it: an edge is told of a slot of one name once.
    if (!one.target().slot().equals(other.target().slot())) {
      return false;
    }
    Set<String> both = edges(one, fleet);
    both.retainAll(edges(other, fleet));
    return !both.isEmpty();
  }

  private static Set<String> edges(RolloutState state, FleetView fleet) {
    var edges = new HashSet<String>();
    state.members().forEach(member -> edges.add(member.edge()));
    fleet.edges().values().stream()
        .filter(state.spec().selector()::matches)
        .forEach(edge -> edges.add(edge.edge()));
    return edges;
  }
}
