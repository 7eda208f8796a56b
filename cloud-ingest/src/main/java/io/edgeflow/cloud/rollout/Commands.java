package io.edgeflow.cloud.rollout;

import io.edgeflow.cloud.rollout.Answered.Changed;
import io.edgeflow.cloud.rollout.Answered.Refused;
import io.edgeflow.cloud.rollout.Member.Trouble;
import io.edgeflow.cloud.rollout.Phase.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people may ask of a rollout, phase by phase. */
final class Commands {
  private final RolloutState state;
  private final Command command;
  private final FleetView fleet;
  private final Instant now;

  Commands(RolloutState state, Command command, FleetView fleet, Instant now) {
    this.state = state;
    this.command = command;
    this.fleet = fleet;
    this.now = now;
  }

  Answered answer() {
    return switch (command.verb()) {
      case START ->
          state.phase() instanceof Phase.Draft ? to(new Phase.Queued("")) : refused("start");
      case PAUSE -> pause();
      case RESUME -> resume();
      case ABORT -> abort();
      case UNDO -> undo();
    };
  }

  private Answered pause() {
    return switch (state.phase()) {
      case Phase.Queued _ -> to(new Phase.Paused(-1, command.why()));
      case Phase.Running(int wave) -> to(new Phase.Paused(wave, command.why()));
      default -> refused("pause");
    };
  }

  private Answered resume() {
    if (!(state.phase() instanceof Phase.Paused(int wave, String _))) {
      return refused("resume");
    } else if (fleet.disabled().contains(state.target().model())) {
      return new Refused("the model " + state.target().model() + " is disabled: enable it first");
    } else if (wave < 0) {
      return to(new Phase.Queued(""));
    }
    List<Member> accepted = state.members().stream().map(Commands::accepted).toList();
    return changed(state.with(accepted).to(new Phase.Running(wave), now));
  }

  private Answered abort() {
    return switch (state.phase()) {
      case Phase.Draft _, Phase.Queued _ -> to(new Phase.Aborted(command.why()));
      case Phase.Running(int wave) when wave < 0 -> to(new Phase.Aborted(command.why()));
      case Phase.Paused(int wave, String _) when wave < 0 -> to(new Phase.Aborted(command.why()));
      case Phase.Running _, Phase.Paused _ -> to(new Phase.RollingBack(Cause.ABORT, command.why()));
      default -> refused("abort");
    };
  }

  private Answered undo() {
    boolean may =
        switch (state.phase()) {
          case Phase.Done _ -> true;
          case Phase.Running _, Phase.Paused _, Phase.Aborted _ -> state.waves() > 0;
          case Phase.RollingBack(Cause cause, String _) -> cause == Cause.ABORT;
          default -> false;
        };
    if (!may) {
      return refused("undo");
    }
    Optional<RolloutState> over = Turn.over(state, fleet);
    return over.isPresent()
        ? new Refused(over.get().id() + " came after it over the same edges: end that first")
        : to(new Phase.RollingBack(Cause.UNDO, command.why()));
  }

  /** What failed so far is known and counts no longer. */
  private static Member accepted(Member member) {
    return member.with(
        member
            .trouble()
            .map(
                found ->
                    new Trouble(found.kind(), found.wave(), found.why(), found.atMillis(), true)));
  }

  private Answered to(Phase phase) {
    return changed(state.to(phase, now));
  }

  private Answered changed(RolloutState next) {
    return new Changed(next, new Note(now.toEpochMilli(), "", command.who(), verb() + said()));
  }

  private Answered refused(String verb) {
    return new Refused("it is " + state.phase().word() + ": there is nothing to " + verb);
  }

  private String said() {
    return command.why().isBlank() ? "" : ": " + command.why();
  }

  private String verb() {
    return command.verb().name().toLowerCase(Locale.ROOT);
  }
}
