package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How a rollout that has changed nothing yet comes to its first wave. Where nobody whom the
 * selector names was heard yet, as by a cloud whose database is new, it waits for them.
 */
final class Beginning {
  private static final Phase WAITS = new Phase.Running(-1);
  private static final String NOBODY = "no edge that is selected can take it";

  /**
   * From the first that is heard to the draw. Edges come back one by one within about so long;
   * drawn from the first alone, every wave but one would be empty.
   */
  private static final Duration GATHER = Duration.ofSeconds(30);

  private final RolloutState state;
  private final FleetView fleet;
  private final Instant now;

  Beginning(RolloutState state, FleetView fleet, Instant now) {
    this.state = state;
    this.fleet = fleet;
    this.now = now;
  }

  /**
   * @param said what is new, for people; empty for nothing
   */
  record Next(RolloutState state, Optional<String> said) {}

  /** Whether nothing was drawn yet, and nobody stopped it. */
  static boolean isAhead(RolloutState state) {
    return state.phase() instanceof Phase.Queued || state.phase().equals(WAITS);
  }

  Next next() {
    Optional<RolloutState> behind = Turn.behind(state, fleet);
    if (behind.isPresent()) {
      return behind(behind.get().id());
    }
    Draw.Drawn drawn = Draw.draw(state, fleet);
    if (state.phase().equals(WAITS)) {
      return waiting(drawn);
    } else if (drawn.waves() > 0) {
      return begin(drawn);
    }
    RolloutState seen = state.drawn(0, drawn.members());
    return anyoneSpoke(drawn.members()) ? pause(seen, NOBODY) : await(seen);
  }

  private Next behind(String id) {
    var queued = new Phase.Queued(id);
    return state.phase().equals(queued)
        ? new Next(state, Optional.empty())
        : to(state, queued, "queued behind " + id);
  }

  private Next waiting(Draw.Drawn drawn) {
    RolloutState seen = state.drawn(0, drawn.members());
    if (drawn.waves() > 0) {
      RolloutState heard = anyoneWaits(state) ? seen : seen.clockAt(now);
      boolean gathered = !gathers(heard).isAfter(now);
      return gathered ? begin(drawn) : new Next(heard, Optional.empty());
    } else if (!seen.due(fleet).isAfter(now)) {
      boolean known = !drawn.members().isEmpty();
      return pause(seen, known ? NOBODY : "no edge that the selector names was heard in time");
    }
    return new Next(seen, Optional.empty());
  }

  /** One that hurries is not held up for longer than it compares models. */
  private static Instant gathers(RolloutState state) {
    Duration shadow = state.spec().shadow();
    Duration span = shadow.compareTo(GATHER) < 0 ? shadow : GATHER;
    return Instant.ofEpochMilli(state.clockMillis()).plus(span);
  }

  private Next begin(Draw.Drawn drawn) {
    RolloutState begun = state.drawn(drawn.waves(), drawn.members());
    return to(begun, new Phase.Running(0), "wave 1 of " + drawn.waves() + " begins");
  }

  private Next await(RolloutState seen) {
    RolloutState waits = seen.to(WAITS, now);
    return new Next(waits, Optional.of(text(waits, fleet)));
  }

  private Next pause(RolloutState seen, String why) {
    return to(seen, new Phase.Paused(-1, why), "pauses: " + why);
  }

  private Next to(RolloutState from, Phase phase, String said) {
    return new Next(from.to(phase, now), Optional.of(said));
  }

  /** A report tells what an edge can take; its hello, a moment before, does not. */
  private boolean anyoneSpoke(List<Member> members) {
    return members.stream()
        .flatMap(member -> fleet.edge(member.edge()).stream())
        .anyMatch(edge -> edge.deployment().isPresent());
  }

  private static boolean anyoneWaits(RolloutState state) {
    return state.members().stream().anyMatch(member -> member.step() == Step.WAITING);
  }

  /** What one that waits waits for, in a sentence. */
  static String text(RolloutState state, FleetView fleet) {
    if (anyoneWaits(state)) {
      return "begins in a moment: the first edges that are selected have been heard";
    }
    return "waits: %s yet; pauses at %s if that stays so"
        .formatted(
            state.members().isEmpty() ? "no edge that the selector names has been heard" : NOBODY,
            state.due(fleet).truncatedTo(ChronoUnit.SECONDS));
  }
}
