package io.edgeflow.cloud.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The state machine of rollouts. Every step looks at what is, not at what has changed: a step that
 * was lost, or taken twice, does no harm.
 */
public final class Controller {
  private Controller() {}

  /**
   * What follows from what the fleet reports, or from time having passed. A rollout that ended is
   * still worth stepping while edges are on their way, see {@link #settled}.
   *
   * @param fleet with the other rollouts that are live
   * @param now by the cloud's clock
   */
  public static Outcome step(RolloutState state, FleetView fleet, Instant now) {
    return new Stepping(state, fleet, now).outcome();
  }

  /**
   * One step of each, older ones first, each knowing what became of those before it.
   *
   * @param fleet its other rollouts are left out of account
   */
  public static List<Outcome> stepAll(List<RolloutState> states, FleetView fleet, Instant now) {
    List<RolloutState> current = new ArrayList<>(states);
    current.sort(RolloutState.ORDER);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < current.size(); i++) {
      Outcome outcome = step(current.get(i), fleet.withOthers(current), now);
      current.set(i, outcome.state());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** What a person asks. The fleet needs no more than the other rollouts and the edges' names. */
  public static Answered apply(RolloutState state, Command command, FleetView fleet, Instant now) {
    return new Commands(state, command, fleet, now).answer();
  }

  /** Whether no further step changes anything, unless a person asks for it. */
  public static boolean settled(RolloutState state) {
    return state.phase().ended()
        && state.members().stream().noneMatch(member -> member.step().changing());
  }
}
