package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DesiredSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a site may finish alone while the cloud is away (R6): what goes into a {@link
 * io.edgeflow.wire.document.Mandate} once each document is signed.
 *
 * @param edge the orchestrator
 * @param waves in order, those that began included; none is empty
 * @param failuresAllowed of the site's edges from now on
 * @param patience for each wave; does not shrink as time goes by
 */
public record SiteMandate(
    String edge,
    String rollout,
    Duration lasts,
    List<Wave> waves,
    int failuresAllowed,
    Duration patience) {
  public SiteMandate {
    waves = List.copyOf(waves);
  }

  /** Those that begin at once. */
  public record Wave(List<Seat> seats) {
    public Wave {
      seats = List.copyOf(seats);
    }
  }

  /** One edge: what its documents say of the slot, there and back. */
  public record Seat(String edge, DesiredSlot forward, DesiredSlot back) {}

  /**
   * The mandate that a site should hold as things are; empty where it should hold none: the
   * specification gives none, the rollout is not running, the windows are closed, or none of the
   * site's edges is in a wave that began, so that the site had nothing to judge by.
   *
   * @param site the edges behind the orchestrator, itself included
   */
  public static Optional<SiteMandate> of(
      RolloutState state, FleetView fleet, String orchestrator, Set<String> site, Instant now) {
    if (state.spec().mandate().isEmpty() || !(state.phase() instanceof Phase.Running(int wave))) {
      return Optional.empty();
    }
    List<Member> all =
        state.members().stream().filter(member -> site.contains(member.edge())).toList();
    List<Member> members = all.stream().filter(SiteMandate::takesPart).toList();
    Duration lasts = lasts(state, fleet, members, now);
    boolean begun = members.stream().anyMatch(member -> member.wave() <= wave);
    if (!begun || !lasts.isPositive()) {
      return Optional.empty();
    }
    int failed = (int) all.stream().filter(Member::failed).count();
    int most = state.spec().failures().most().down(members.size() + failed);
    return Optional.of(
        new SiteMandate(
            orchestrator,
            state.id(),
            lasts,
            waves(state, members),
            Math.max(0, Math.min(most, members.size() + failed - 1) - failed),
            shorter(state.spec().patience(), state.spec().mandate().get())));
  }

  private static boolean takesPart(Member member) {
    return member.trouble().isEmpty()
        && (member.step().forward() || member.step() == Member.Step.WAITING);
  }

  private static List<Wave> waves(RolloutState state, List<Member> members) {
    var slots = new Slots(state);
    var byWave = new TreeMap<Integer, List<Seat>>();
    members.stream()
        .sorted(Comparator.comparing(Member::edge))
        .forEach(
            member ->
                byWave
                    .computeIfAbsent(member.wave(), _ -> new ArrayList<>())
                    .add(new Seat(member.edge(), slots.forward(), slots.back(member.before()))));
    return byWave.values().stream().map(Wave::new).toList();
  }

  /** A site knows no windows: its mandate ends with the first that closes. */
  private static Duration lasts(
      RolloutState state, FleetView fleet, List<Member> members, Instant now) {
    Duration least = state.spec().mandate().orElse(Duration.ZERO);
    if (state.spec().windows().isEmpty()) {
      return least;
    }
    for (Member member : members) {
      Duration open =
          fleet
              .edge(member.edge())
              .flatMap(edge -> new Openings(state.spec().windows(), edge.zone()).closes(now))
              .map(end -> Duration.between(now, end))
              .orElse(Duration.ZERO);
      least = shorter(least, Duration.ofSeconds(open.toSeconds()));
    }
    return least;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
