package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.scoring.BundleLoading.Result.Loaded;
import io.edgeflow.gateway.scoring.BundleLoading.Result.NotLoaded;
import io.edgeflow.gateway.scoring.ModelOutcome.Done;
import io.edgeflow.gateway.scoring.ModelOutcome.Refused;
import io.edgeflow.inference.slot.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the changes of one slot. One thread. */
final class SlotChanges {
  private static final Logger log = LoggerFactory.getLogger(SlotChanges.class);

  private final SlotPart slot;
  private final SlotHold hold;
  private final BundleLoading loading;
  private final SlotReturns returns;
  private final Duration settling;

  /**
   * @param settling how long the model before stays loaded
   */
  SlotChanges(SlotHold hold, BundleLoading loading, Duration settling) {
    this.slot = hold.slot();
    this.hold = hold;
    this.loading = loading;
    this.returns = new SlotReturns(hold, loading);
    this.settling = settling;
  }

  SlotPart slot() {
    return slot;
  }

  /** Whether it would put a model on trial, for which another one's trial must be over. */
  boolean wouldTry(ModelCommand command) {
    return switch (command) {
      case ModelCommand.Prepare _, ModelCommand.Enable _ -> true;
      case ModelCommand.Shadow _, ModelCommand.Promote _ ->
          hold.candidate().filter(next -> !hold.isOnTrial(next)).isPresent();
      case ModelCommand.Back _ -> !hold.canReturnAtOnce();
      // It also takes a model out of service, and that waits for nobody.
      case ModelCommand.Reset _ -> !hold.configured().isEmpty() && !hold.canReturnAtOnce();
      case ModelCommand.Discard _, ModelCommand.Disable _ -> false;
    };
  }

  ModelOutcome perform(ModelCommand command, Said by) {
    slot.events().said(by);
    try {
      if (hold.choice().disabled() && !(command instanceof ModelCommand.Enable)) {
        return new Refused("the slot is disabled: enable it first");
      }
      return switch (command) {
        case ModelCommand.Prepare(Path bundle) -> prepare(bundle);
        case ModelCommand.Shadow _ -> shadow();
        case ModelCommand.Promote _ -> promote(by);
        case ModelCommand.Back _ -> returns.back(by);
        case ModelCommand.Reset _ -> returns.reset();
        case ModelCommand.Discard _ -> discard();
        case ModelCommand.Disable _ -> disable(by);
        case ModelCommand.Enable _ -> enable(by);
      };
    } catch (IOException e) {
      return new Refused("the choice cannot be kept: " + e);
    } finally {
      hold.endTrialOfWhatIsGone();
      slot.events().said(Said.NOBODY);
    }
  }

  // At the start.

  /** Serves with what was chosen last, or what the configuration names. */
  void start() {
    slot.condition("loading", "");
    hold.recall();
    if (hold.choice().disabled()) {
      slot.condition("disabled", hold.choice().by());
      log.info("slot {} is disabled {}", slot.config().slot(), hold.choice().by());
      return;
    }
    enter();
  }

  /** What was chosen, or was before, has rested (R2). */
  void again() {
    if (hold.serving().isEmpty() && !hold.choice().disabled()) {
      slot.condition("loading", "");
      enter();
    }
  }

  /**
   * @return why no model serves; empty if one does
   */
  private Optional<String> enter() {
    List<String> reasons = new ArrayList<>();
    List<Duration> rests = new ArrayList<>();
    boolean vetoed = false;
    for (StartOption option : StartOption.of(hold.choice(), hold.configured())) {
      vetoed |= loading.isVetoed(option.digest());
      Optional<String> why =
          switch (loading.load(slot, option.folder(), option.digest())) {
            case NotLoaded(String reason, Duration rest) -> {
              rests.add(rest);
              yield Optional.of(reason);
            }
            case Loaded(ChosenBundle bundle) -> {
              hold.candidate(bundle);
              yield hold.serve(bundle, option.source(), option.choice());
            }
          };
      if (why.isEmpty()) {
        if (vetoed) {
          // Else the next start would take it up again, once nobody has anything against it.
          keep(option.choice());
        }
        return why;
      }
      reasons.add(why.get());
    }
    rests.stream()
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .ifPresent(hold::retryAfter);
    if (reasons.isEmpty()) {
      slot.condition("empty", "the configuration names no bundle");
      return Optional.of("the configuration names no bundle");
    }
    String all = String.join("; ", reasons);
    slot.condition("refused", all);
    return Optional.of(all);
  }

  private void keep(SlotChoice next) {
    try {
      hold.choose(hold.keep(next));
    } catch (IOException e) {
      log.warn("slot {}: what serves instead cannot be kept", slot.config().slot(), e);
    }
  }

  /** The shadow that the configuration names. */
  void startShadow(Path folder) {
    if (hold.choice().disabled() || hold.serving().isEmpty()) {
      return;
    }
    Optional<String> why =
        switch (prepare(folder)) {
          case Done _ ->
              shadow() instanceof Refused(String no) ? Optional.of(no) : Optional.empty();
          case Refused(String no) -> Optional.of(no);
          case ModelOutcome.Unknown _ -> Optional.empty();
        };
    why.ifPresent(no -> slot.condition("serving", "the shadow is refused: " + no));
  }

  // Commands.

  private ModelOutcome prepare(Path folder) {
    return switch (loading.load(slot, folder, Optional.empty())) {
      case NotLoaded(String why, var _) -> new Refused(why);
      case Loaded(ChosenBundle bundle) -> {
        hold.candidate(bundle);
        slot.events().prepared(bundle.identity());
        yield new Done(bundle.words() + " is loaded and has proved itself");
      }
    };
  }

  private ModelOutcome shadow() {
    if (hold.candidate().isEmpty()) {
      return noCandidate();
    }
    ChosenBundle next = hold.candidate().get();
    Optional<String> no = hold.beginTrial(next);
    if (no.isPresent()) {
      return new Refused(no.get());
    }
    if (slot.scorer().shadow() instanceof Change.Refused(String why)) {
      return new Refused(why);
    }
    hold.soak();
    slot.events().shadowed(next.identity());
    return new Done(next.words() + " is compared with the model that serves");
  }

  private ModelOutcome promote(Said by) throws IOException {
    if (hold.candidate().isEmpty()) {
      return noCandidate();
    }
    ChosenBundle next = hold.candidate().get();
    Optional<ChosenBundle> old = hold.serving();
    String shadow = slot.shadowWords();
    SlotChoice now = hold.choice();
    SlotChoice after = hold.keep(now.serving(next, old.orElse(null), by));
    Optional<String> no = hold.serve(next, "chosen " + after.by(), after);
    if (no.isPresent()) {
      hold.keep(now);
      return new Refused(no.get());
    }
    hold.settleAfter(settling);
    return new Done(
        next.words()
            + " serves"
            + old.map(one -> "; back returns to " + one.words()).orElse("")
            + shadow);
  }

  private ModelOutcome discard() {
    Optional<ChosenBundle> old = hold.candidate();
    String shadow = slot.shadowWords();
    if (old.isEmpty() || slot.scorer().discard() instanceof Change.Refused) {
      return noCandidate();
    }
    hold.candidate(null);
    slot.events().discarded(old.get().identity());
    return new Done(old.get().words() + " is dropped" + shadow);
  }

  private ModelOutcome disable(Said by) throws IOException {
    hold.choose(hold.keep(hold.choice().disabled(true, by)));
    hold.clear("disabled", hold.choice().by());
    slot.events().disabled();
    return new Done("no model scores until the slot is enabled, also after a restart");
  }

  private ModelOutcome enable(Said by) throws IOException {
    if (!hold.choice().disabled()) {
      return new Refused("the slot is not disabled");
    }
    SlotChoice enabled = hold.keep(hold.choice().disabled(false, by));
    slot.condition("loading", ""); // Else it looks as if nothing were to serve.
    hold.choose(enabled);
    slot.events().enabled();
    Optional<String> no = enter();
    return no.isPresent() || hold.serving().isEmpty()
        ? new Refused("the slot is enabled, but no model serves: " + no.orElse(""))
        : new Done(hold.serving().get().words() + " serves");
  }

  private static ModelOutcome noCandidate() {
    return new Refused("there is no candidate in the slot: prepare one first");
  }

  // Time.

  Stream<Duration> left() {
    return hold.left();
  }

  /** Whether what was chosen has rested, and no model serves since. */
  boolean hasRested() {
    return hold.hasRested();
  }

  void settleIfOver() {
    hold.settleIfOver();
  }
}
