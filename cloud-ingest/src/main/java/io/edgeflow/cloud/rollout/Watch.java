package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.cloud.rollout.Member.Trouble;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.DesiredSlot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what edges report, one by one. Reports of other documents than the newest say nothing.
 */
final class Watch {
  private static final String REFUSES = "refuses this bundle";

  private final RolloutState state;
  private final FleetView fleet;
  private final Instant now;
  private final int wave;
  private final Slots slots;

  /**
   * @param wave which failures count against
   */
  Watch(RolloutState state, FleetView fleet, Instant now, int wave) {
    this.state = state;
    this.fleet = fleet;
    this.now = now;
    this.wave = wave;
    this.slots = new Slots(state);
  }

  Member look(Member member) {
    Optional<EdgeView> edge = fleet.edge(member.edge());
    if (edge.isEmpty()) {
      return member.step() == Step.WAITING
          ? member.at(Step.APART, "is no longer known")
          : silence(member);
    }
    return switch (member.step()) {
      case APART, WAITING -> waiting(member, edge.get());
      case ISSUED, UNDERWAY, TRYING, ACTIVE, PASSED -> silence(forward(member, edge.get()));
      case GOING_BACK, STUCK -> back(member, edge.get());
      case BACK -> member;
    };
  }

  private Member waiting(Member member, EdgeView edge) {
    if (slots.asksForward(edge)) { // Its site began with it, by its mandate.
      return forward(member.issued(member.before(), now.toEpochMilli()), edge);
    }
    if (state.phase().ended()) {
      return member;
    }
    Optional<String> apart = Eligibility.apart(state, edge);
    if (apart.isPresent()) {
      return member.at(Step.APART, apart.get());
    } else if (member.step() == Step.WAITING) {
      return member;
    }
    return again(member, edge);
  }

  /** One that may be asked now after all: with its own wave, or the last if that is over. */
  private Member again(Member member, EdgeView edge) {
    boolean ownIsOver = member.wave() >= 0 && member.wave() < wave;
    if (member.wave() >= 0 && !ownIsOver) {
      return member.at(Step.WAITING, "");
    }
    return Draw.takesAll(state.spec())
        ? Draw.joined(state, edge, Draw.late(state))
        : member.at(Step.APART, "could begin only after the waves were drawn");
  }

  private Member forward(Member member, EdgeView edge) {
    Optional<DesiredSlot> asked = slots.desired(edge);
    if (asked.isEmpty() || !slots.isOurs(asked.get())) {
      String by = asked.map(DesiredSlot::rollout).orElse("another");
      return state.phase().ended() && member.step() != Step.PASSED
          ? member.at(Step.APART, "since changed by " + by)
          : member;
    } else if (!slots.isForward(asked.get())) {
      return back(
          trouble(member, Trouble.Kind.EDGE, "its site took it back", Step.GOING_BACK), edge);
    } else if (edge.sawNewest()) {
      return saw(member, edge);
    }
    return edge.denies(state.target().digest()) ? refuses(member, edge) : member;
  }

  /**
   * What an edge refuses holds whichever document it follows. One that was never seen to try has
   * not failed: it refused before it was asked.
   */
  private Member refuses(Member member, EdgeView edge) {
    boolean tried =
        member.step() != Step.ISSUED
            || slots
                .deployed(edge)
                .filter(found -> found.digest().equals(state.target().digest()))
                .filter(found -> found.rollout().equals(state.id()))
                .isPresent();
    return tried
        ? trouble(member, Trouble.Kind.EDGE, REFUSES, Step.GOING_BACK)
        : member.at(Step.GOING_BACK, REFUSES);
  }

  private Member saw(Member member, EdgeView edge) {
    Optional<DeployedSlot> slot =
        slots.deployed(edge).filter(found -> found.digest().equals(state.target().digest()));
    if (slot.isEmpty()) {
      return member.step() == Step.PASSED ? member : member.at(Step.UNDERWAY, "");
    } else if (slot.get().state() == DeployState.REJECTED && edge.pins(state.target().slot())) {
      return member.at(Step.UNDERWAY, "is pinned"); // It goes on when it is unpinned.
    } else if (slot.get().state().isEnd()) {
      String why = slot.get().state().word() + detail(slot.get());
      return trouble(member.with(false, slot.get().evidence()), Trouble.Kind.EDGE, why, Step.BACK);
    } else if (edge.denies(state.target().digest())) { // It is on its way back by itself.
      String why = REFUSES + detail(slot.get());
      Member seen = member.with(false, slot.get().evidence());
      return trouble(seen, Trouble.Kind.EDGE, why, Step.GOING_BACK);
    }
    return progress(member, slot.get());
  }

  private Member progress(Member before, DeployedSlot slot) {
    boolean serves = slot.state() == DeployState.ACTIVE;
    Member member = before.with(serves && slot.proven(), slot.evidence());
    List<GateResult> gates =
        Gates.judge(state.spec().gates(), state.target().payload(), slot.evidence());
    Verdict verdict = Gates.together(gates);
    if (verdict == Verdict.FAIL) {
      return trouble(member, Trouble.Kind.GATE, Gates.worst(gates), Step.GOING_BACK);
    } else if (member.step() == Step.PASSED) {
      return member;
    } else if (!serves) {
      boolean fetches = slot.state().compareTo(DeployState.VERIFIED) < 0;
      Step step = fetches ? Step.UNDERWAY : Step.TRYING;
      return member.at(step, slot.state().word() + detail(slot));
    } else if (!slot.proven()) {
      return member.at(Step.ACTIVE, "soaks" + detail(slot));
    }
    return verdict == Verdict.PASS
        ? member.at(Step.PASSED, "")
        : member.at(Step.ACTIVE, "too little to judge: " + Gates.worst(gates));
  }

  /**
   * The dead man: whoever tries or serves something new and is no longer heard. Heals when it is
   * heard.
   */
  private Member silence(Member member) {
    boolean silent = fleet.silent(member.edge(), state.spec().silentAfter(), now);
    boolean missed =
        member.trouble().filter(found -> found.kind() == Trouble.Kind.SILENCE).isPresent();
    if (missed && !silent) {
      return member.with(Optional.empty());
    }
    boolean exposed = member.step() == Step.TRYING || member.step() == Step.ACTIVE;
    if (!exposed || !silent || member.trouble().isPresent()) {
      return member;
    }
    String why = "went silent while it " + (member.step() == Step.ACTIVE ? "soaked" : "tried it");
    return trouble(member, Trouble.Kind.SILENCE, why, member.step());
  }

  private Member back(Member member, EdgeView edge) {
    Optional<DesiredSlot> asked = slots.desired(edge);
    if (asked.isEmpty() || !slots.isOurs(asked.get())) {
      String by = asked.map(DesiredSlot::rollout).orElse("");
      return member.at(Step.BACK, by.isEmpty() ? "was not asked yet" : "since changed by " + by);
    } else if (slots.isForward(asked.get()) || !edge.sawNewest()) {
      return member;
    }
    return slots.deployed(edge).map(slot -> returned(member, slot)).orElse(unnamed(member));
  }

  private Member returned(Member member, DeployedSlot slot) {
    String wanted = member.before().digest();
    boolean ended = slot.state().isEnd();
    if (slot.digest().equals(wanted) && ended) {
      return member.at(Step.STUCK, "could not go back: " + slot.state().word() + detail(slot));
    }
    boolean mayServe = slot.state() == DeployState.ACTIVE || ended;
    String serves = ended ? slot.previous() : slot.digest();
    boolean other = !serves.equals(state.target().digest());
    return mayServe && other && (wanted.isEmpty() || serves.equals(wanted))
        ? member.at(Step.BACK, member.detail())
        : member;
  }

  /** A slot of which the edge says nothing runs what its configuration names. */
  private static Member unnamed(Member member) {
    return member.before().digest().isEmpty() ? member.at(Step.BACK, member.detail()) : member;
  }

  private Member trouble(Member member, Trouble.Kind kind, String why, Step step) {
    var trouble = new Trouble(kind, wave, why, now.toEpochMilli(), false);
    return member.with(Optional.of(trouble)).at(step, why);
  }

  private static String detail(DeployedSlot slot) {
    return slot.detail().isEmpty() ? "" : ": " + slot.detail();
  }
}
