package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.wire.document.Digests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which edge begins with which wave. Edges of a site are spread evenly over the whole: the k-th of
 * n stands at (k - ½)/n, so that a wave of a tenth takes a tenth of every site, and none takes a
 * whole site while others are untouched. Within a site, and among equals, the SHA-256 of rollout
 * and edge decides: nobody's choice, and the same whenever it is asked. Edges that are away come
 * last: nothing can be learned from them.
 */
final class Draw {
  private Draw() {}

  /**
   * @param waves how many have edges
   * @param members everything that is selected; those that are never asked are apart
   */
  record Drawn(int waves, List<Member> members) {}

  private record Place(EdgeView edge, boolean away, double at, String hash) {}

  static Drawn draw(RolloutState state, FleetView fleet) {
    List<EdgeView> selected =
        fleet.edges().values().stream()
            .filter(state.spec().selector()::matches)
            .sorted(Comparator.comparing(EdgeView::edge))
            .toList();
    List<Member> members = new ArrayList<>();
    List<EdgeView> candidates = new ArrayList<>();
    for (EdgeView edge : selected) {
      Optional<String> apart = Eligibility.apart(state, edge);
      apart.ifPresentOrElse(
          why -> members.add(joined(state, edge, -1).at(Step.APART, why)),
          () -> candidates.add(edge));
    }
    int waves = fill(state, places(state, candidates), members);
    members.sort(Comparator.comparing(Member::edge));
    return new Drawn(waves, List.copyOf(members));
  }

  /** One that waits for its wave. */
  static Member joined(RolloutState state, EdgeView edge, int wave) {
    return new Member(
        edge.edge(),
        edge.site(),
        wave,
        Step.WAITING,
        new Slots(state).before(edge),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** Whether the last wave takes everything, so that it takes who comes later too. */
  static boolean takesAll(FleetSpec spec) {
    Amount last = spec.waves().getLast();
    return last.percent() && last.value() == 100;
  }

  /**
   * With which wave those begin who come after the draw: the last. Not with the first where several
   * were asked for, though only one was filled: it would no longer be as small as it should.
   */
  static int late(RolloutState state) {
    int least = state.spec().waves().size() > 1 ? 1 : 0;
    return Math.max(least, state.waves() - 1);
  }

  private static int fill(RolloutState state, List<Place> order, List<Member> members) {
    int wave = 0;
    int from = 0;
    for (Amount amount : state.spec().waves()) {
      int to = Math.max(from, amount.up(order.size()));
      for (Place place : order.subList(from, to)) {
        members.add(joined(state, place.edge(), wave));
      }
      wave += to > from ? 1 : 0;
      from = to;
    }
    return wave;
  }

  private static List<Place> places(RolloutState state, List<EdgeView> candidates) {
    Map<String, List<EdgeView>> sites =
        candidates.stream().collect(Collectors.groupingBy(EdgeView::site));
    List<Place> places = new ArrayList<>();
    for (List<EdgeView> site : sites.values()) {
      List<Place> shuffled =
          site.stream()
              .map(edge -> place(state, edge))
              .sorted(Comparator.comparing(Place::away).thenComparing(Place::hash))
              .toList();
      for (int k = 0; k < shuffled.size(); k++) {
        Place place = shuffled.get(k);
        double at = (k + 0.5) / shuffled.size();
        places.add(new Place(place.edge(), place.away(), at, place.hash()));
      }
    }
    places.sort(
        Comparator.comparing(Place::away)
            .thenComparingDouble(Place::at)
            .thenComparing(Place::hash));
    return places;
  }

  private static Place place(RolloutState state, EdgeView edge) {
    return new Place(edge, !edge.online(), 0, lot(state, edge.edge()));
  }

  /** What decides among equals. */
  static String lot(RolloutState state, String edge) {
    return Digests.of(state.id() + "/" + edge);
  }
}
