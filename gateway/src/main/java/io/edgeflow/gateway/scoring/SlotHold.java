package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one slot holds, and the steps that all of its changes are made of. What shall serve is on
 * the disk before it serves, so a kill in between ends with the old model or the new one, and both
 * prove themselves at the start. One thread.
 */
final class SlotHold {
  private static final Logger log = LoggerFactory.getLogger(SlotHold.class);

  private final SlotPart slot;
  private final SlotChoices choices;
  private final ModelTrial trial;
  private final String configured;
  private SlotChoice choice;
  private @Nullable ChosenBundle serving;
  private @Nullable ChosenBundle candidate;

  /** When the model before is closed; absent if none is to be. */
  private Optional<Long> settleNanos = Optional.empty();

  /** When what was chosen is tried again; absent unless no model serves because of that. */
  private Optional<Long> restNanos = Optional.empty();

  /** What this slot put on trial last. */
  private String tried = "";

  SlotHold(SlotPart slot, SlotChoices choices, ModelTrial trial) {
    this.slot = slot;
    this.choices = choices;
    this.trial = trial;
    this.configured =
        slot.config().bundle().map(folder -> folder.toAbsolutePath().toString()).orElse("");
    this.choice = SlotChoice.none(configured);
  }

  SlotPart slot() {
    return slot;
  }

  /** The folder that the configuration names; empty if it names none. */
  String configured() {
    return configured;
  }

  SlotChoice choice() {
    return choice;
  }

  Optional<ChosenBundle> serving() {
    return Optional.ofNullable(serving);
  }

  Optional<ChosenBundle> candidate() {
    return Optional.ofNullable(candidate);
  }

  void candidate(@Nullable ChosenBundle next) {
    candidate = next;
  }

  /** Another model serves, by another way than {@link #serve}. */
  void serving(ChosenBundle now, SlotChoice after) {
    choose(after);
    serving = now;
    settleNanos = Optional.empty();
    restNanos = Optional.empty();
  }

  boolean canReturnAtOnce() {
    return slot.scorer().figures().state().fallback() instanceof SlotState.Loaded;
  }

  /** What was chosen before this start, if the configuration is still the same. */
  void recall() {
    Optional<SlotChoice> known = choices.read(slot.config().slot());
    if (known.isPresent() && !known.get().configured().equals(configured)) {
      log.info(
          "slot {}: the configuration names another bundle than when {} chose one, so it counts",
          slot.config().slot(),
          known.get().who());
      known = Optional.empty();
    }
    choose(known.orElseGet(() -> SlotChoice.none(configured)));
  }

  void choose(SlotChoice next) {
    choice = next;
    slot.choice(next);
  }

  /** On the disk when it returns. */
  SlotChoice keep(SlotChoice next) throws IOException {
    choices.write(slot.config().slot(), next);
    return next;
  }

  Optional<String> beginTrial(ChosenBundle next) {
    Optional<String> no = trial.begin(next.digest());
    no.ifPresent(why -> slot.events().refused(next.identity(), why));
    tried = next.digest();
    return no;
  }

  void soak() {
    trial.soak();
  }

  boolean isOnTrial(ChosenBundle one) {
    return trial.digest().equals(Optional.of(one.digest()));
  }

  /**
   * The candidate takes over; what it displaces stays loaded.
   *
   * @return why not; empty if it serves
   */
  Optional<String> serve(ChosenBundle next, String source, SlotChoice after) {
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
    restNanos = Optional.empty();
    return Optional.empty();
  }

  /** No model scores any more. */
  void clear(String state, String detail) {
    slot.condition(state, detail);
    var _ = slot.scorer().clear();
    serving = null;
    candidate = null;
    settleNanos = Optional.empty();
    restNanos = Optional.empty();
  }

  /** A model that no longer scores is not on trial either. */
  void endTrialOfWhatIsGone() {
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

  // Time.

  void settleAfter(Duration settling) {
    settleNanos = Optional.of(System.nanoTime() + settling.toNanos());
  }

  /** What was left is not returned to. */
  void settleNow() {
    var _ = slot.scorer().settle();
    settleNanos = Optional.empty();
  }

  /** No model serves, and in a while what was chosen is tried again. */
  void retryAfter(Duration rest) {
    restNanos = Optional.of(System.nanoTime() + rest.toNanos());
  }

  /** Whether to try again now; says so once. */
  boolean hasRested() {
    boolean over = restNanos.isPresent() && restNanos.get() - System.nanoTime() <= 0;
    if (over) {
      restNanos = Optional.empty();
    }
    return over;
  }

  /** Until something is due by itself. */
  Stream<Duration> left() {
    return Stream.of(settleNanos, restNanos)
        .flatMap(Optional::stream)
        .map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
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
