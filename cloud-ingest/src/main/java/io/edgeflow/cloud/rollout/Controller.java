package io.edgeflow.cloud.rollout;

import java.time.Instant;
import java.util.List;

/**
 * The state machine of rollouts. Every step looks at what is, not at what has changed: a step that
 * was lost, or taken twice, does no harm.
 */
public final class Controller {
  private Controller() {}

  /**
   * What follows from what the fleet reports, or from time having passed.
   *
   * @param now by the cloud's clock
   */
  public static Outcome step(RolloutState state, FleetView fleet, Instant now) {
    return new Outcome(state, List.of(), List.of());
  }

  /** What a person asks. */
  public static Answered apply(RolloutState state, Command command, FleetView fleet, Instant now) {
    return new Answered.Refused("not yet");
  }
}
