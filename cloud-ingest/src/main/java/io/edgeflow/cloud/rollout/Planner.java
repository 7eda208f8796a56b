package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.cloud.rollout.Plan.Straggler;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Says what a rollout would do. The waves are those that it would have. */
public final class Planner {
  private final RolloutState draft;
  private final FleetView fleet;
  private final Instant now;

  private Planner(RolloutState draft, FleetView fleet, Instant now) {
    this.draft = draft;
    this.fleet = fleet;
    this.now = now;
  }

  /**
   * @param draft with the id that it will have: that decides which edge goes first
   * @param fleet with the other rollouts that are live
   */
  public static Plan plan(RolloutState draft, FleetView fleet, Instant now) {
    return new Planner(draft, fleet, now).plan();
  }

  /** The rollout that must end before one can begin; empty for none. */
  public static String behind(RolloutState state, FleetView fleet) {
    return Turn.behind(state, fleet).map(RolloutState::id).orElse("");
  }

  private Plan plan() {
    Draw.Drawn drawn = Draw.draw(draft, fleet);
    List<Plan.Wave> waves = new ArrayList<>();
    Instant free = now;
    Duration each = draft.spec().shadow().plus(draft.spec().soak());
    for (int wave = 0; wave < drawn.waves(); wave++) {
      int current = wave;
      List<EdgeView> edges =
          drawn.members().stream()
              .filter(member -> member.step() != Step.APART && member.wave() == current)
              .flatMap(member -> fleet.edge(member.edge()).stream())
              .toList();
      Instant from = free;
      waves.add(
          new Plan.Wave(
              wave + 1,
              edges.stream().map(EdgeView::edge).toList(),
              edges.stream()
                  .flatMap(e -> opens(e, from).stream())
                  .min(Comparator.naturalOrder())
                  .orElse(from),
              edges.stream().mapToLong(this::toFetch).sum()));
      free = last(edges, from).plus(each);
    }
    return new Plan(
        behind(draft, fleet),
        waves,
        stragglers(drawn.members()),
        waves.stream().mapToLong(Plan.Wave::bytes).sum(),
        waves.isEmpty() ? Duration.ZERO : Duration.between(now, free));
  }

  /** Those that are away hold nothing up. */
  private Instant last(List<EdgeView> edges, Instant from) {
    return edges.stream()
        .filter(EdgeView::online)
        .flatMap(edge -> opens(edge, from).stream())
        .max(Comparator.naturalOrder())
        .orElse(from);
  }

  private Optional<Instant> opens(EdgeView edge, Instant from) {
    return new Openings(draft.spec().windows(), edge.zone()).next(from, draft.spec().shadow());
  }

  private List<Straggler> stragglers(List<Member> members) {
    List<Straggler> found = new ArrayList<>();
    for (Member member : members) {
      if (member.step() == Step.APART) {
        found.add(new Straggler(member.edge(), member.site(), true, false, member.detail()));
      } else {
        fleet.edge(member.edge()).flatMap(this::hindered).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Straggler> hindered(EdgeView edge) {
    Optional<String> lacks = lacks(edge);
    return lacks
        .or(() -> holdsUp(edge))
        .map(why -> new Straggler(edge.edge(), edge.site(), false, lacks.isPresent(), why));
  }

  /** It would reject it. Of an edge that names no slot nobody knows. */
  private Optional<String> lacks(EdgeView edge) {
    boolean lacks =
        draft.target().payload() == PayloadKind.MODEL
            && !edge.slots().isEmpty()
            && !edge.slots().contains(draft.target().slot());
    return lacks
        ? Optional.of(
            "has no slot "
                + draft.target().slot()
                + ", only "
                + String.join(", ", new TreeSet<>(edge.slots())))
        : Optional.empty();
  }

  private Optional<String> holdsUp(EdgeView edge) {
    if (!edge.online()) {
      return Optional.of(
          edge.heard().map(at -> "is offline, heard last at " + at).orElse("was never heard"));
    }
    Optional<Instant> opens = opens(edge, now);
    if (opens.isEmpty()) {
      return Optional.of("has no window within two weeks");
    }
    return opens
        .filter(now::isBefore)
        .map(at -> "waits for its window, which opens at " + at.atZone(edge.zone()));
  }

  /** What the edge says that it has need not be fetched. */
  private long toFetch(EdgeView edge) {
    long whole = draft.target().bytes();
    return edge.deployed(draft.target().payload(), draft.target().slot())
        .map(slot -> Math.max(0, whole - has(slot)))
        .orElse(whole);
  }

  private long has(DeployedSlot slot) {
    String digest = draft.target().digest();
    if (slot.previous().equals(digest)) {
      return draft.target().bytes();
    } else if (!slot.digest().equals(digest)) {
      return 0;
    }
    boolean fetching =
        slot.state() == DeployState.QUEUED || slot.state() == DeployState.DOWNLOADING;
    return fetching ? slot.doneBytes() : draft.target().bytes();
  }
}
