package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.wire.document.DeployedSlot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A rollout as people watch it.
 *
 * @param text where it is, in a sentence
 */
public record Progress(String phase, String text, List<Wave> waves, List<Edge> edges) {
  public Progress {
    waves = List.copyOf(waves);
    edges = List.copyOf(edges);
  }

  /**
   * @param number counted from 1
   * @param begun whether its edges may begin
   * @param verdict as things are
   * @param text why, for people
   */
  public record Wave(int number, boolean begun, WaveCount count, Verdict verdict, String text) {}

  /**
   * @param wave counted from 1; 0: apart
   * @param silent whether it is not heard
   * @param refusal why the edge did not take its newest document, as it says
   * @param gates what they say, where it reported evidence
   */
  public record Edge(
      String edge,
      String site,
      int wave,
      Step step,
      boolean failed,
      boolean silent,
      String detail,
      String refusal,
      List<GateResult> gates) {
    public Edge {
      gates = List.copyOf(gates);
    }
  }

  public static Progress of(RolloutState state, FleetView fleet, Instant now) {
    int running = running(state);
    List<Wave> waves =
        IntStream.range(0, state.waves())
            .mapToObj(
                wave -> {
                  WaveCount count = WaveCount.of(state, wave, fleet, now);
                  return new Wave(wave + 1, wave <= running, count, count.verdict(), count.text());
                })
            .toList();
    List<Edge> edges =
        state.members().stream().map(member -> edge(state, member, fleet, now)).toList();
    return new Progress(state.phase().word(), sentence(state, fleet), waves, edges);
  }

  private static Edge edge(RolloutState state, Member member, FleetView fleet, Instant now) {
    Optional<EdgeView> view = fleet.edge(member.edge());
    return new Edge(
        member.edge(),
        member.site(),
        member.step() == Step.APART ? 0 : member.wave() + 1,
        member.step(),
        member.trouble().isPresent(),
        fleet.silent(member.edge(), state.spec().silentAfter(), now),
        detail(state, member, view),
        view.filter(found -> !found.sawNewest())
            .flatMap(EdgeView::deployment)
            .map(said -> said.refusal())
            .orElse(""),
        member
            .evidence()
            .map(seen -> Gates.judge(state.spec().gates(), state.target().payload(), seen))
            .orElse(List.of()));
  }

  /** On the way back the edge's own word too: its reason to wait is not why it was taken back. */
  private static String detail(RolloutState state, Member member, Optional<EdgeView> view) {
    String news = member.trouble().map(Member.Trouble::why).orElse(member.detail());
    if (member.step() != Step.GOING_BACK) {
      return news;
    }
    return view.flatMap(new Slots(state)::deployed)
        .map(DeployedSlot::detail)
        .filter(said -> !said.isEmpty() && !news.contains(said))
        .map(said -> news.isEmpty() ? said : news + "; the edge says: " + said)
        .orElse(news);
  }

  private static int running(RolloutState state) {
    return switch (state.phase()) {
      case Phase.Draft _, Phase.Queued _ -> -1;
      case Phase.Running(int wave) -> wave;
      case Phase.Paused(int wave, String _) -> wave;
      case Phase.RollingBack _, Phase.RolledBack _, Phase.Aborted _ ->
          state.members().stream()
              .filter(member -> member.issuedMillis() > 0)
              .mapToInt(Member::wave)
              .max()
              .orElse(-1);
      case Phase.Done _ -> state.waves();
    };
  }

  private static String sentence(RolloutState state, FleetView fleet) {
    return switch (state.phase()) {
      case Phase.Draft _ -> "was not started";
      case Phase.Queued(String behind) ->
          behind.isEmpty() ? "is about to begin" : "is queued behind " + behind;
      case Phase.Running(int wave) when wave < 0 -> Beginning.text(state, fleet);
      case Phase.Running(int wave) -> "runs wave " + (wave + 1) + " of " + state.waves();
      case Phase.Paused(int _, String why) -> because("is paused", why);
      case Phase.RollingBack(Phase.Cause cause, String why) ->
          because(cause == Phase.Cause.ABORT ? "is being aborted" : "goes back", why);
      case Phase.Done _ -> "is done";
      case Phase.RolledBack(String why) -> because("went back", why);
      case Phase.Aborted(String why) -> because("was aborted", why);
    };
  }

  /** A person need not say why. */
  private static String because(String what, String why) {
    return why.isEmpty() ? what : what + ": " + why;
  }
}
