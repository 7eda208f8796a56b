package io.edgeflow.cloud.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.deploy.History.Entry;
import io.edgeflow.cloud.deploy.RolloutTable.Stored;
import io.edgeflow.cloud.rollout.EdgeView;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.rollout.GateResult;
import io.edgeflow.cloud.rollout.Member;
import io.edgeflow.cloud.rollout.Phase;
import io.edgeflow.cloud.rollout.Plan;
import io.edgeflow.cloud.rollout.Progress;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.rollout.Target;
import io.edgeflow.cloud.rollout.WaveCount;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rollouts as the API shows them. Waves count from 1; times are milliseconds. Pure. */
final class RolloutViews {
  private RolloutViews() {}

  /**
   * @param status the word of its phase
   * @param text where it is and why, in a sentence
   * @param wave that runs; 0 for none
   * @param edges how many are at which step, and {@code failed} and {@code silent} among them
   * @param since when it came into its phase
   */
  record Summary(
      String id,
      String name,
      String status,
      String text,
      Bundle bundle,
      int wave,
      int waves,
      Map<String, Integer> edges,
      String who,
      String why,
      long created,
      long since,
      long updated) {}

  record Bundle(String kind, String slot, String model, String version, String digest, long bytes) {
    static Bundle of(Target target) {
      return new Bundle(
          word(target.payload()),
          target.slot(),
          target.model(),
          target.version(),
          target.digest(),
          target.bytes());
    }
  }

  /**
   * @param spec as it was sent
   */
  record Detail(
      Summary rollout, String spec, List<Wave> waves, List<Edge> edges, List<Entry> history) {}

  /**
   * @param begun whether its edges may begin
   * @param text why the verdict is that
   */
  record Wave(int wave, boolean begun, String verdict, String text, WaveCount count) {}

  /**
   * @param wave 0: it is left out
   * @param silent it is not heard: neither a success nor a failure
   * @param seen it reports that it follows its newest document: no other word of it counts
   * @param issued when it was first asked; 0 for not yet
   * @param before digest of what it goes back to; empty for what its configuration names
   * @param detail why it failed, or the last news
   * @param refusal why it did not take its newest document
   * @param done bytes of the download, of {@code total}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Edge(
      String edge,
      String site,
      int wave,
      String step,
      boolean failed,
      boolean online,
      boolean silent,
      boolean seen,
      boolean proven,
      long issued,
      String before,
      String detail,
      String refusal,
      @Nullable Evidence evidence,
      List<Gate> gates,
      long done,
      long total) {}

  record Gate(String gate, String verdict, String text) {}

  /**
   * What a specification would come to now.
   *
   * @param behind the rollout that must end first; empty for none
   * @param bytes that edges would fetch, all together
   * @param shortest how long it takes if everything passes at once, milliseconds
   */
  record Planned(
      Bundle bundle,
      String behind,
      List<PlannedWave> waves,
      List<Straggler> stragglers,
      long bytes,
      long shortest) {}

  /**
   * @param begins at the earliest
   */
  record PlannedWave(int wave, List<String> edges, long begins, long bytes) {}

  /**
   * @param never it is not asked at all as things are; else it may hold up its wave
   * @param unable it would be asked and could not take it, as far as it told
   */
  record Straggler(String edge, String site, boolean never, boolean unable, String why) {}

  static Summary summary(Stored stored, FleetView fleet, Instant now) {
    return summary(stored, Progress.of(stored.state(), fleet, now));
  }

  private static Summary summary(Stored stored, Progress progress) {
    RolloutState state = stored.state();
    return new Summary(
        state.id(),
        state.spec().name(),
        progress.phase(),
        progress.text(),
        Bundle.of(state.target()),
        wave(state.phase()),
        state.waves(),
        steps(progress),
        stored.cause().who(),
        stored.cause().why(),
        stored.createdMillis(),
        state.sinceMillis(),
        stored.updatedMillis());
  }

  static Detail detail(Stored stored, FleetView fleet, Instant now, List<Entry> history) {
    RolloutState state = stored.state();
    Progress progress = Progress.of(state, fleet, now);
    Map<String, Member> members = new HashMap<>();
    state.members().forEach(member -> members.put(member.edge(), member));
    List<Edge> edges = new ArrayList<>();
    for (Progress.Edge edge : progress.edges()) {
      Member member = Objects.requireNonNull(members.get(edge.edge()));
      edges.add(edge(state, edge, member, Optional.ofNullable(fleet.edges().get(edge.edge()))));
    }
    List<Wave> waves =
        progress.waves().stream()
            .map(w -> new Wave(w.number(), w.begun(), word(w.verdict()), w.text(), w.count()))
            .toList();
    return new Detail(summary(stored, progress), stored.spec(), waves, edges, history);
  }

  static Planned plan(RolloutDesk.Drawn drawn) {
    Plan plan = drawn.plan();
    return new Planned(
        Bundle.of(drawn.target()),
        plan.behind(),
        plan.waves().stream()
            .map(w -> new PlannedWave(w.number(), w.edges(), w.begins().toEpochMilli(), w.bytes()))
            .toList(),
        plan.stragglers().stream()
            .map(s -> new Straggler(s.edge(), s.site(), s.never(), s.unable(), s.why()))
            .toList(),
        plan.bytes(),
        plan.shortest().toMillis());
  }

  private static Edge edge(
      RolloutState state, Progress.Edge edge, Member member, Optional<EdgeView> view) {
    Optional<DeployedSlot> slot =
        view.flatMap(EdgeView::deployment).stream()
            .flatMap(said -> said.slots().stream())
            .filter(found -> found.slot().equals(state.target().slot()))
            .filter(found -> found.digest().equals(state.target().digest()))
            .findFirst();
    return new Edge(
        edge.edge(),
        edge.site(),
        edge.wave(),
        word(edge.step()),
        edge.failed(),
        view.map(EdgeView::online).orElse(false),
        edge.silent(),
        view.map(EdgeView::sawNewest).orElse(false),
        member.proven(),
        member.issuedMillis(),
        member.before().digest(),
        edge.detail(),
        edge.refusal(),
        member.evidence().orElse(null),
        edge.gates().stream().map(RolloutViews::gate).toList(),
        slot.map(DeployedSlot::doneBytes).orElse(0L),
        slot.map(DeployedSlot::totalBytes).orElse(0L));
  }

  private static Gate gate(GateResult result) {
    return new Gate(result.gate(), word(result.verdict()), result.text());
  }

  private static Map<String, Integer> steps(Progress progress) {
    Map<String, Integer> steps = new TreeMap<>();
    for (Progress.Edge edge : progress.edges()) {
      steps.merge(word(edge.step()), 1, Integer::sum);
      if (edge.failed()) {
        steps.merge("failed", 1, Integer::sum);
      }
      if (edge.silent() && edge.wave() > 0) {
        steps.merge("silent", 1, Integer::sum);
      }
    }
    return steps;
  }

  private static int wave(Phase phase) {
    return switch (phase) {
      case Phase.Running(int wave) -> wave + 1;
      case Phase.Paused(int wave, String _) -> wave + 1;
      default -> 0;
    };
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
