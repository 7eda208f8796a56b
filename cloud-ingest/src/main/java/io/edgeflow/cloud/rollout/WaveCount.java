package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.wire.document.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts one wave, honestly: edges that are apart are not of it, silent ones are neither good nor
 * bad, and nothing passes by too little.
 *
 * @param edges of the wave
 * @param waiting not asked yet: their window is closed, or another rollout changes them
 * @param issued asked, and not seen to know it; the silent ones left out
 * @param underway they saw it and do not serve it yet; the silent ones left out
 * @param active they serve it; the failed and the unjudged left out
 * @param unjudged their soak is over, with too few rows to judge
 * @param silent neither failed nor heard
 * @param failed counted against this wave, whichever they began with
 * @param back on the way back, or there
 * @param needed of its edges must pass
 * @param allowed of its edges may fail
 * @param reasons of failures, the first few
 */
public record WaveCount(
    int edges,
    int waiting,
    int issued,
    int underway,
    int active,
    int passed,
    int unjudged,
    int silent,
    int failed,
    int back,
    int needed,
    int allowed,
    boolean anyPassed,
    List<String> reasons) {
  private static final int REASONS = 3;

  /** An edge itself does not call a model proven that has scored too little: it watches on. */
  private static final int SOAKS = 3;

  public WaveCount {
    reasons = List.copyOf(reasons);
  }

  /**
   * @param wave counted from 0
   */
  public static WaveCount of(RolloutState state, int wave, FleetView fleet, Instant now) {
    return new Counter(state, wave, fleet, now).count();
  }

  /** What the wave comes to, as things are. */
  public Verdict verdict() {
    if (failed > allowed) {
      return Verdict.FAIL;
    }
    boolean settled = waiting + issued + underway + active == 0;
    boolean enough = edges == 0 ? anyPassed : passed >= needed;
    return settled && enough ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }

  /** Why, for people. */
  public String text() {
    return switch (verdict()) {
      case FAIL ->
          Numbers.edges(failed)
              + " failed, "
              + allowed
              + " may: "
              + String.join("; ", reasons)
              + (failed > reasons.size() ? "; and " + (failed - reasons.size()) + " more" : "");
      case PASS -> passed + " of " + Numbers.edges(edges) + " passed" + rest();
      case INCONCLUSIVE ->
          passed + " of " + Numbers.edges(edges) + " passed, " + needed + " needed" + rest();
    };
  }

  private String rest() {
    return part(failed, "failed")
        + part(waiting, "waiting")
        + part(issued, "asked")
        + part(underway, "underway")
        + part(active, "soaking")
        + part(unjudged, "with too little to judge")
        + part(silent, "silent")
        + part(back, "back");
  }

  private static String part(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }

  private record Counter(RolloutState state, int wave, FleetView fleet, Instant now) {
    WaveCount count() {
      List<Member> members = state.members().stream().filter(this::ofWave).toList();
      List<Member> failed = state.members().stream().filter(this::failedHere).toList();
      int size = members.size();
      int needed = Math.max(1, state.spec().enough().up(size));
      int allowed = Math.min(state.spec().failures().most().down(size), Math.max(0, size - needed));
      var places =
          members.stream().collect(Collectors.groupingBy(this::place, Collectors.counting()));
      var of = new Of(places);
      return new WaveCount(
          size,
          of.each(Place.WAITING),
          of.each(Place.ISSUED),
          of.each(Place.UNDERWAY),
          of.each(Place.ACTIVE),
          of.each(Place.PASSED),
          of.each(Place.UNJUDGED),
          of.each(Place.SILENT),
          failed.size(),
          of.each(Place.BACK),
          needed,
          allowed,
          state.members().stream().anyMatch(member -> member.step() == Step.PASSED),
          failed.stream().limit(REASONS).map(Counter::reason).toList());
    }

    /** Neither apart, nor taken out again: without having failed, or with a failure accepted. */
    private boolean ofWave(Member member) {
      boolean takenOut = member.step() == Step.GOING_BACK || member.step() == Step.BACK;
      return member.wave() == wave
          && member.step() != Step.APART
          && !(takenOut && !member.failed());
    }

    private boolean failedHere(Member member) {
      return member.failed() && member.trouble().filter(t -> t.wave() == wave).isPresent();
    }

    private static String reason(Member member) {
      return member.edge() + ": " + member.trouble().map(Member.Trouble::why).orElse("");
    }

    private Place place(Member member) {
      if (member.trouble().isPresent() && member.step().forward()) {
        return Place.FAILED;
      }
      boolean silent = fleet.silent(member.edge(), state.spec().silentAfter(), now);
      return switch (member.step()) {
        case WAITING -> Place.WAITING;
        case ISSUED -> silent || pinned(member) ? Place.SILENT : Place.ISSUED;
        case UNDERWAY, TRYING -> silent || pinned(member) ? Place.SILENT : Place.UNDERWAY;
        case ACTIVE -> isUnjudged(member) ? Place.UNJUDGED : Place.ACTIVE;
        case PASSED -> Place.PASSED;
        case APART, GOING_BACK, BACK, STUCK -> Place.BACK;
      };
    }

    /** Its soak is over, or should be by far, and there were too few rows. */
    private boolean isUnjudged(Member member) {
      long soak = state.spec().soak().toSeconds();
      Evidence seen = member.evidence().orElse(Evidence.NONE);
      boolean few = Math.max(seen.rows(), seen.errors()) < state.spec().gates().minRows();
      return member.proven() || (few && seen.seconds() > 0 && seen.seconds() >= SOAKS * soak);
    }

    /** Pinned after it was asked: nothing will come of it. */
    private boolean pinned(Member member) {
      Optional<EdgeView> edge = fleet.edge(member.edge());
      return edge.isPresent() && edge.get().pins(state.target().slot());
    }
  }

  private enum Place {
    WAITING,
    ISSUED,
    UNDERWAY,
    ACTIVE,
    PASSED,
    UNJUDGED,
    SILENT,
    FAILED,
    BACK
  }

  private record Of(java.util.Map<Place, Long> counts) {
    int each(Place place) {
      return counts.getOrDefault(place, 0L).intValue();
    }
  }
}
