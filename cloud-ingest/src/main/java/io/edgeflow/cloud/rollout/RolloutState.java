package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A rollout: everything that must survive a restart.
 *
 * @param id unique; an edge's documents name it
 * @param createdMillis of two rollouts over the same edges the older goes first
 * @param sinceMillis when it came into its phase
 * @param clockMillis from when the running wave's time counts: its newest order, or when somebody
 *     resumed it; before the waves are drawn: when it began to wait, or the first edge was heard
 * @param waves how many there are; 0 until they are drawn
 * @param members by name; until waves are drawn those that the selector names so far
 */
public record RolloutState(
    String id,
    FleetSpec spec,
    Target target,
    long createdMillis,
    Phase phase,
    long sinceMillis,
    long clockMillis,
    int waves,
    List<Member> members) {
  /** The order in which rollouts over the same edges go. */
  public static final Comparator<RolloutState> ORDER =
      Comparator.comparingLong(RolloutState::createdMillis).thenComparing(RolloutState::id);

  private static final int MAX_VALUES = 10_000_000;

  public RolloutState {
    members = List.copyOf(members);
  }

  public static RolloutState draft(String id, FleetSpec spec, Target target, Instant now) {
    return new RolloutState(
        id,
        spec,
        target,
        now.toEpochMilli(),
        new Phase.Draft(),
        now.toEpochMilli(),
        now.toEpochMilli(),
        0,
        List.of());
  }

  public String toJson() {
    return Documents.write(this);
  }

  /**
   * @throws IllegalArgumentException if no version of this program wrote the text
   */
  public static RolloutState fromJson(String json) {
    return switch (Documents.read(
        RolloutState.class, json.getBytes(StandardCharsets.UTF_8), "rollout", MAX_VALUES)) {
      case Document.Good<RolloutState>(var state) -> state;
      case Document.Faulty<RolloutState>(var faults) ->
          throw new IllegalArgumentException("a rollout that cannot be read: " + faults);
    };
  }

  /**
   * When what is waited for has taken too long. Time in which the cloud heard nobody says nothing
   * of the edges.
   */
  Instant due(FleetView fleet) {
    Instant waited = Instant.ofEpochMilli(clockMillis).plus(spec.patience());
    Instant heard = fleet.listening().plus(spec.silentAfter());
    return waited.isAfter(heard) ? waited : heard;
  }

  RolloutState to(Phase next, Instant now) {
    return new RolloutState(
        id,
        spec,
        target,
        createdMillis,
        next,
        now.toEpochMilli(),
        now.toEpochMilli(),
        waves,
        members);
  }

  RolloutState with(List<Member> others) {
    return new RolloutState(
        id, spec, target, createdMillis, phase, sinceMillis, clockMillis, waves, others);
  }

  RolloutState drawn(int count, List<Member> drawn) {
    return new RolloutState(
        id, spec, target, createdMillis, phase, sinceMillis, clockMillis, count, drawn);
  }

  RolloutState clockAt(Instant now) {
    return new RolloutState(
        id, spec, target, createdMillis, phase, sinceMillis, now.toEpochMilli(), waves, members);
  }
}
