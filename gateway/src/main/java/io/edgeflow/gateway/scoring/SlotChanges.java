package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.scoring.BundleLoading.Result.Loaded;
import io.edgeflow.gateway.scoring.BundleLoading.Result.NotLoaded;
import io.edgeflow.gateway.scoring.ModelOutcome.Done;
import io.edgeflow.gateway.scoring.ModelOutcome.Refused;
import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the changes of one slot. What shall serve is on the disk before it serves, so a kill in
 * between ends with the old model or the new one, and both prove themselves at the start. One
 * thread.
 */
final class SlotChanges {
  private static final Logger log = LoggerFactory.getLogger(SlotChanges.class);

  private final SlotPart slot;
  private final BundleLoading loading;
  private final SlotChoices choices;
  private final ModelTrial trial;
  private final Duration settling;
  private final String configured;
  private SlotChoice choice;
  private @Nullable ChosenBundle serving;
  private @Nullable ChosenBundle candidate;

  /** When the model before is closed; absent if none is to be. */
  private Optional<Long> settleNanos = Optional.empty();

  /** What this slot put on trial last. */
  private String tried = "";

  /**
   * @param settling how long the model before stays loaded
   */
  SlotChanges(
      SlotPart slot,
      BundleLoading loading,
      SlotChoices choices,
      ModelTrial trial,
      Duration settling) {
    this.slot = slot;
    this.loading = loading;
    this.choices = choices;
    this.trial = trial;
    this.settling = settling;
    this.configured =
        slot.config().bundle().map(folder -> folder.toAbsolutePath().toString()).orElse("");
    this.choice = SlotChoice.none(configured);
  }

  SlotPart slot() {
    return slot;
  }

  /** Whether it would put a model on trial, for which another one's trial must be over. */
  boolean wouldTry(ModelCommand command) {
    return switch (command) {
      case ModelCommand.Prepare _, ModelCommand.Enable _ -> true;
      case ModelCommand.Shadow _, ModelCommand.Promote _ -> {
        ChosenBundle next = candidate;
        yield next != null && !trial.digest().equals(Optional.of(next.digest()));
      }
      case ModelCommand.Back _ -> !canReturnAtOnce();
      case ModelCommand.Discard _, ModelCommand.Disable _ -> false;
    };
  }

  private boolean canReturnAtOnce() {
    return slot.scorer().figures().state().fallback() instanceof SlotState.Loaded;
  }

  ModelOutcome perform(ModelCommand command, Said by) {
    slot.events().said(by);
    try {
      if (choice.disabled() && !(command instanceof ModelCommand.Enable)) {
        return new Refused("the slot is disabled: enable it first");
      }
      return switch (command) {
        case ModelCommand.Prepare(Path bundle) -> prepare(bundle);
        case ModelCommand.Shadow _ -> shadow();
        case ModelCommand.Promote _ -> promote(by);
        case ModelCommand.Back _ -> back(by);
        case ModelCommand.Discard _ -> discard();
        case ModelCommand.Disable _ -> disable(by);
        case ModelCommand.Enable _ -> enable(by);
      };
    } catch (IOException e) {
      return new Refused("the choice cannot be kept: " + e);
    } finally {
      endTrialOfWhatIsGone();
      slot.events().said(Said.NOBODY);
    }
  }

  /** A model that no longer scores is not on trial either. */
  private void endTrialOfWhatIsGone() {
    boolean here = trial.digest().equals(Optional.of(tried));
    boolean scores =
        is(serving, tried)
            || (is(candidate, tried)
                && slot.scorer().figures().state().candidate() instanceof SlotState.Shadowing);
    if (here && !scores) {
      trial.withdraw();
    }
  }

  private static boolean is(@Nullable ChosenBundle one, String digest) {
    return one != null && one.digest().equals(digest);
  }

  // At the start.

  /** Serves with what was chosen last, or what the configuration names. */
  void start() {
    slot.condition("loading", "");
    Optional<SlotChoice> known = choices.read(slot.config().slot());
    if (known.isPresent() && !known.get().configured().equals(configured)) {
      log.info(
          "slot {}: the configuration names another bundle than when {} chose one, so it counts",
          slot.config().slot(),
          known.get().who());
      known = Optional.empty();
    }
    choose(known.orElseGet(() -> SlotChoice.none(configured)));
    if (choice.disabled()) {
      slot.condition("disabled", choice.by());
      log.info("slot {} is disabled {}", slot.config().slot(), choice.by());
      return;
    }
    enter();
  }

  /**
   * @return why no model serves; empty if one does
   */
  private Optional<String> enter() {
    List<String> reasons = new ArrayList<>();
    for (StartOption option : StartOption.of(choice, configured)) {
      Optional<String> why =
          switch (loading.load(slot, option.folder(), option.digest())) {
            case NotLoaded(String reason) -> Optional.of(reason);
            case Loaded(ChosenBundle bundle) -> {
              candidate = bundle;
              yield serve(bundle, option.source(), option.choice());
            }
          };
      if (why.isEmpty()) {
        return why;
      }
      reasons.add(why.get());
    }
    String all = String.join("; ", reasons);
    slot.condition("refused", all);
    return Optional.of(all);
  }

  /** The shadow that the configuration names. */
  void startShadow(Path folder) {
    if (choice.disabled() || serving == null) {
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
      case NotLoaded(String why) -> new Refused(why);
      case Loaded(ChosenBundle bundle) -> {
        candidate = bundle;
        slot.events().prepared(identity(bundle));
        yield new Done(bundle.words() + " is loaded and has proved itself");
      }
    };
  }

  private ModelOutcome shadow() {
    ChosenBundle next = candidate;
    if (next == null) {
      return noCandidate();
    }
    Optional<String> no = beginTrial(next);
    if (no.isPresent()) {
      return new Refused(no.get());
    }
    if (slot.scorer().shadow() instanceof Change.Refused(String why)) {
      return new Refused(why);
    }
    trial.soak();
    slot.events().shadowed(identity(next));
    return new Done(next.words() + " is compared with the model that serves");
  }

  private ModelOutcome promote(Said by) throws IOException {
    ChosenBundle next = candidate;
    if (next == null) {
      return noCandidate();
    }
    ChosenBundle old = serving;
    String shadow = slot.shadowWords();
    SlotChoice after = keep(choice.serving(next, old, by));
    Optional<String> no = serve(next, "chosen " + after.by(), after);
    if (no.isPresent()) {
      keep(choice);
      return new Refused(no.get());
    }
    settleNanos = Optional.of(System.nanoTime() + settling.toNanos());
    return new Done(
        next.words()
            + " serves"
            + (old == null ? "" : "; back returns to " + old.words())
            + shadow);
  }

  private ModelOutcome back(Said by) throws IOException {
    ChosenBundle old = choice.before();
    if (old == null) {
      return new Refused("there is no model before in the slot");
    }
    SlotChoice after = choice.serving(old, null, by);
    return canReturnAtOnce() ? backAtOnce(old, after) : backByLoading(old, after);
  }

  private ModelOutcome backAtOnce(ChosenBundle old, SlotChoice after) throws IOException {
    keep(after);
    slot.source("chosen " + after.by());
    if (slot.scorer().back() instanceof Change.Refused(String why)) {
      keep(choice);
      return new Refused(why);
    }
    choose(after);
    serving = old;
    settleNanos = Optional.empty();
    return new Done(old.words() + " serves again");
  }

  private ModelOutcome backByLoading(ChosenBundle old, SlotChoice after) throws IOException {
    return switch (loading.load(slot, old.folder(), Optional.of(old.digest()))) {
      case NotLoaded(String why) -> new Refused(why);
      case Loaded(ChosenBundle bundle) -> {
        candidate = bundle;
        keep(after);
        Optional<String> no = serve(bundle, "chosen " + after.by(), after);
        if (no.isPresent()) {
          keep(choice);
          yield new Refused(no.get());
        }
        // What was left is not returned to.
        var _ = slot.scorer().settle();
        settleNanos = Optional.empty();
        yield new Done(old.words() + " was loaded and serves again");
      }
    };
  }

  private ModelOutcome discard() {
    ChosenBundle old = candidate;
    String shadow = slot.shadowWords();
    if (old == null || slot.scorer().discard() instanceof Change.Refused) {
      return noCandidate();
    }
    candidate = null;
    slot.events().discarded(identity(old));
    return new Done(old.words() + " is dropped" + shadow);
  }

  private ModelOutcome disable(Said by) throws IOException {
    choose(keep(choice.disabled(true, by)));
    slot.condition("disabled", choice.by());
    var _ = slot.scorer().clear();
    serving = null;
    candidate = null;
    settleNanos = Optional.empty();
    slot.events().disabled();
    return new Done("no model scores until the slot is enabled, also after a restart");
  }

  private ModelOutcome enable(Said by) throws IOException {
    if (!choice.disabled()) {
      return new Refused("the slot is not disabled");
    }
    choose(keep(choice.disabled(false, by)));
    slot.events().enabled();
    Optional<String> no = enter();
    ChosenBundle now = serving;
    return no.isPresent() || now == null
        ? new Refused("the slot is enabled, but no model serves: " + no.orElse(""))
        : new Done(now.words() + " serves");
  }

  private void choose(SlotChoice next) {
    choice = next;
    ChosenBundle old = next.before();
    slot.before(old == null ? "" : identity(old).toString());
  }

  /** On the disk when it returns. */
  private SlotChoice keep(SlotChoice next) throws IOException {
    choices.write(slot.config().slot(), next);
    return next;
  }

  private static ModelOutcome noCandidate() {
    return new Refused("there is no candidate in the slot: prepare one first");
  }

  private Optional<String> beginTrial(ChosenBundle next) {
    Optional<String> no = trial.begin(next.digest());
    no.ifPresent(why -> slot.events().refused(identity(next), why));
    tried = next.digest();
    return no;
  }

  /** The candidate takes over; what it displaces stays loaded. */
  private Optional<String> serve(ChosenBundle next, String source, SlotChoice after) {
    Optional<String> no = beginTrial(next);
    if (no.isPresent()) {
      return no;
    }
    slot.source(source);
    if (slot.scorer().promote() instanceof Change.Refused(String why)) {
      trial.withdraw();
      return Optional.of(why);
    }
    trial.soak();
    slot.condition("serving", "");
    choose(after);
    serving = next;
    candidate = null;
    return Optional.empty();
  }

  private static ModelIdentity identity(ChosenBundle bundle) {
    return new ModelIdentity(bundle.name(), bundle.version(), bundle.digest());
  }

  // Time.

  /** Until the model before is to be closed. */
  Optional<Duration> left() {
    return settleNanos.map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /** The new model has proved itself in service: back loads the old one from now on. */
  void settleIfOver() {
    if (settleNanos.isPresent() && settleNanos.get() - System.nanoTime() <= 0) {
      settleNanos = Optional.empty();
      if (slot.scorer().settle() instanceof Change.Dropped(ModelIdentity old, var _)) {
        log.info("slot {}: {} is closed; back loads it", slot.config().slot(), old);
      }
    }
  }
}
