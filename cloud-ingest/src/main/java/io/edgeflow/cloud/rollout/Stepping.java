package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Before;
import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.cloud.rollout.Member.Trouble;
import io.edgeflow.cloud.rollout.Phase.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One step of one rollout: look, judge, order. */
final class Stepping {
  private final FleetView fleet;
  private final Instant now;
  private final Slots slots;
  private final List<Order> orders = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private RolloutState state;

  Stepping(RolloutState state, FleetView fleet, Instant now) {
    this.state = state;
    this.fleet = fleet;
    this.now = now;
    this.slots = new Slots(state);
  }

  Outcome outcome() {
    if (Beginning.isAhead(state)) {
      begin();
    }
    if (state.waves() > 0) {
      look();
      judge();
      takeBack();
      orderBack();
      if (state.phase() instanceof Phase.Running(int wave)) {
        orderForward(wave);
      }
    }
    return new Outcome(state, orders, notes);
  }

  private void begin() {
    Beginning.Next next = new Beginning(state, fleet, now).next();
    state = next.state();
    next.said().ifPresent(this::note);
  }

  private void look() {
    var watch = new Watch(state, fleet, now, countingWave());
    List<Member> seen = new ArrayList<>();
    for (Member member : state.members()) {
      Member next = watch.look(member);
      tell(member, next);
      seen.add(next);
    }
    if (state.phase() instanceof Phase.Running || state.phase() instanceof Phase.Paused) {
      seen.addAll(joiners());
    }
    seen.sort(Comparator.comparing(Member::edge));
    state = state.drawn(waves(seen), seen);
  }

  /** Who came late may have made a last wave. */
  private int waves(List<Member> members) {
    return members.stream().mapToInt(member -> member.wave() + 1).reduce(state.waves(), Math::max);
  }

  /** Those that the selection took in after the waves were drawn: never with an early wave. */
  private List<Member> joiners() {
    Set<String> known = new HashSet<>();
    state.members().forEach(member -> known.add(member.edge()));
    return fleet.edges().values().stream()
        .filter(edge -> !known.contains(edge.edge()))
        .filter(edge -> Draw.takesAll(state.spec()) && state.spec().selector().matches(edge))
        .map(edge -> joiner(edge))
        .toList();
  }

  private Member joiner(EdgeView edge) {
    return Eligibility.apart(state, edge)
        .map(why -> Draw.joined(state, edge, -1).at(Step.APART, why))
        .orElseGet(() -> Draw.joined(state, edge, Draw.late(state)));
  }

  private void judge() {
    switch (state.phase()) {
      case Phase.Running(int wave) -> judge(wave);
      case Phase.Paused(int wave, String _) -> {
        WaveCount count = WaveCount.of(state, wave, fleet, now);
        if (count.verdict() == Verdict.FAIL && rollsBack()) {
          fail(wave, count);
        }
      }
      case Phase.RollingBack rolling -> ended(rolling);
      default -> {}
    }
  }

  private void judge(int wave) {
    WaveCount count = WaveCount.of(state, wave, fleet, now);
    if (fleet.disabled().contains(state.target().model())) {
      pause(wave, "the model " + state.target().model() + " is disabled");
    } else if (count.verdict() == Verdict.FAIL) {
      fail(wave, count);
    } else if (count.verdict() == Verdict.PASS) {
      pass(wave, count);
    } else if (count.edges() == 0) {
      substitute(wave);
    } else if (waitsForWindow(wave)) {
      holdClock();
    } else if (overdue()) {
      pause(wave, "wave " + (wave + 1) + " came to nothing in time: " + count.text());
    }
  }

  /**
   * A wave of which nobody is left to judge gets one edge of the next: none is passed by nobody.
   */
  private void substitute(int wave) {
    state.members().stream()
        .filter(member -> member.step() == Step.WAITING && member.wave() > wave)
        .min(
            Comparator.comparingInt(Member::wave)
                .thenComparing(member -> Draw.lot(state, member.edge())))
        .ifPresentOrElse(
            chosen -> {
              List<Member> members = new ArrayList<>(state.members());
              members.replaceAll(one -> one.equals(chosen) ? one.inWave(wave) : one);
              state = state.with(members);
            },
            () -> {
              if (overdue()) {
                pause(wave, "no edge is left that could be judged");
              }
            });
  }

  /** The wait for a window is nobody's fault. Not at every step: a state that changes is stored. */
  private void holdClock() {
    Duration part = state.spec().patience().dividedBy(10);
    if (!Instant.ofEpochMilli(state.clockMillis()).plus(part).isAfter(now)) {
      state = state.clockAt(now);
    }
  }

  private void fail(int wave, WaveCount count) {
    String why = "wave " + (wave + 1) + ": " + count.text();
    if (rollsBack()) {
      to(new Phase.RollingBack(Cause.FAILURE, why), "goes back: " + why);
    } else {
      pause(wave, why);
    }
  }

  private void pass(int wave, WaveCount count) {
    String passed = "wave " + (wave + 1) + " passed: " + count.text();
    if (wave + 1 == state.waves()) {
      to(new Phase.Done(), passed);
    } else {
      to(new Phase.Running(wave + 1), passed);
    }
  }

  private void ended(Phase.RollingBack rolling) {
    takeBack();
    long open = count(Step.GOING_BACK, false);
    if (open > 0 && !overdue()) {
      return;
    }
    long silent = count(Step.GOING_BACK, true) - open;
    String text =
        Numbers.edges(count(Step.BACK, true))
            + " back"
            + (open > 0 ? ", " + open + " not back in time" : "")
            + (silent > 0 ? ", " + silent + " silent: their documents wait for them" : "")
            + (count(Step.STUCK, true) > 0 ? ", " + count(Step.STUCK, true) + " stuck" : "");
    String why = rolling.why();
    boolean abort = rolling.cause() == Cause.ABORT;
    to(abort ? new Phase.Aborted(why) : new Phase.RolledBack(why), text);
  }

  private long count(Step step, boolean silentToo) {
    return state.members().stream()
        .filter(member -> member.step() == step)
        .filter(member -> silentToo || !silent(member.edge()))
        .count();
  }

  /** Turns around who must not go on in this phase. Edges that failed were turned already. */
  private void takeBack() {
    boolean all;
    switch (state.phase()) {
      case Phase.RollingBack(Cause cause, String _) -> all = cause != Cause.ABORT;
      case Phase.RolledBack _ -> all = true;
      case Phase.Aborted _ -> all = false;
      default -> {
        return;
      }
    }
    state = state.with(state.members().stream().map(member -> turned(member, all)).toList());
  }

  private static Member turned(Member member, boolean all) {
    boolean serves =
        member.step() == Step.PASSED
            || (member.step() == Step.ACTIVE && member.trouble().isEmpty());
    return member.step().forward() && (all || !serves)
        ? member.at(Step.GOING_BACK, member.detail())
        : member;
  }

  private void orderBack() {
    List<Member> next = new ArrayList<>();
    for (Member member : state.members()) {
      boolean goes = member.step() == Step.GOING_BACK || member.step() == Step.BACK;
      Optional<EdgeView> edge = fleet.edge(member.edge()).filter(slots::asksForward);
      next.add(goes && edge.isPresent() ? backTo(member, edge.get()) : member);
    }
    state = state.with(next);
  }

  /** What it has refused since it began cannot be ordered: it would stay as it is. */
  private Member backTo(Member member, EdgeView edge) {
    Member told =
        edge.denies(member.before().digest()) ? member.goingTo(Before.CONFIGURED) : member;
    orders.add(new Order.Back(member.edge(), slots.back(told.before())));
    return told;
  }

  private void orderForward(int wave) {
    Map<String, String> busy = Turn.busy(state, fleet, now);
    List<Member> next = new ArrayList<>();
    boolean began = false;
    for (Member member : state.members()) {
      Optional<EdgeView> edge = fleet.edge(member.edge());
      boolean begins =
          member.step() == Step.WAITING
              && member.wave() <= wave
              && edge.isPresent()
              && open(edge.get())
              && !busy.containsKey(member.edge());
      if (begins) {
        order(edge.get());
        next.add(member.issued(slots.before(edge.get()), now.toEpochMilli()));
        began = true;
      } else {
        edge.filter(found -> lost(member, found)).ifPresent(this::order);
        next.add(hold(member, edge, busy, wave));
      }
    }
    state = began ? state.with(next).clockAt(now) : state.with(next);
  }

  private void order(EdgeView edge) {
    orders.add(new Order.Issue(edge.edge(), slots.forward()));
  }

  /** Asked by an order that was not carried out. */
  private boolean lost(Member member, EdgeView edge) {
    return member.step().forward()
        && member.step() != Step.PASSED
        && !edge.denies(state.target().digest())
        && slots.desired(edge).filter(slots::isOurs).isEmpty();
  }

  /** Says why one does not begin, though its wave runs. */
  private Member hold(Member member, Optional<EdgeView> edge, Map<String, String> busy, int wave) {
    if (member.step() != Step.WAITING || member.wave() > wave || edge.isEmpty()) {
      return member;
    }
    String by = busy.get(member.edge());
    return member.at(
        Step.WAITING, by == null ? "its window is closed" : "is being changed by " + by);
  }

  private boolean open(EdgeView edge) {
    return new Openings(state.spec().windows(), edge.zone()).open(now, state.spec().shadow());
  }

  private boolean waitsForWindow(int wave) {
    return state.members().stream()
        .filter(member -> member.step() == Step.WAITING && member.wave() <= wave)
        .anyMatch(member -> fleet.edge(member.edge()).filter(edge -> !open(edge)).isPresent());
  }

  private boolean overdue() {
    return !state.due(fleet).isAfter(now);
  }

  private boolean silent(String edge) {
    return fleet.silent(edge, state.spec().silentAfter(), now);
  }

  private boolean rollsBack() {
    return state.spec().failures().then() == FleetSpec.Then.ROLLBACK;
  }

  private int countingWave() {
    return switch (state.phase()) {
      case Phase.Running(int wave) -> wave;
      case Phase.Paused(int wave, String _) -> Math.max(0, wave);
      default -> state.waves() - 1;
    };
  }

  private void pause(int wave, String why) {
    to(new Phase.Paused(wave, why), "pauses: " + why);
  }

  private void to(Phase phase, String text) {
    state = state.to(phase, now);
    note(text);
  }

  private void note(String text) {
    notes.add(new Note(now.toEpochMilli(), "", "", text));
  }

  private void tell(Member before, Member after) {
    Optional<Trouble> found = after.trouble();
    if (found.isPresent() && !found.equals(before.trouble())) {
      notes.add(new Note(now.toEpochMilli(), after.edge(), "", found.get().why()));
    } else if (before.step() != after.step() && after.step() == Step.STUCK) {
      notes.add(new Note(now.toEpochMilli(), after.edge(), "", after.detail()));
    }
  }
}
