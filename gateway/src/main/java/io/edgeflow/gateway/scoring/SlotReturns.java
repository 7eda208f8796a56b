package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.scoring.BundleLoading.Result.Loaded;
import io.edgeflow.gateway.scoring.BundleLoading.Result.NotLoaded;
import io.edgeflow.gateway.scoring.ModelOutcome.Done;
import io.edgeflow.gateway.scoring.ModelOutcome.Refused;
import io.edgeflow.inference.slot.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The ways back: to the model before, and to what the configuration names. One thread. */
final class SlotReturns {
  private static final String NAMED = "named by the configuration";

  private final SlotHold hold;
  private final SlotPart slot;
  private final BundleLoading loading;

  SlotReturns(SlotHold hold, BundleLoading loading) {
    this.hold = hold;
    this.slot = hold.slot();
    this.loading = loading;
  }

  ModelOutcome back(Said by) throws IOException {
    ChosenBundle old = hold.choice().before();
    if (old == null) {
      return new Refused("there is no model before in the slot");
    }
    return backTo(old, hold.choice().serving(old, null, by));
  }

  private ModelOutcome backTo(ChosenBundle old, SlotChoice after) throws IOException {
    String source = after.serving() == null ? NAMED : "chosen " + after.by();
    return hold.canReturnAtOnce()
        ? backAtOnce(old, source, after)
        : byLoading(old.folder(), Optional.of(old.digest()), source, after);
  }

  private ModelOutcome backAtOnce(ChosenBundle old, String source, SlotChoice after)
      throws IOException {
    SlotChoice now = hold.choice();
    hold.keep(after);
    slot.source(source);
    if (slot.scorer().back() instanceof Change.Refused(String why)) {
      hold.keep(now);
      return new Refused(why);
    }
    hold.serving(old, after);
    return new Done(old.words() + " serves again");
  }

  private ModelOutcome byLoading(
      Path folder, Optional<String> digest, String source, SlotChoice after) throws IOException {
    SlotChoice now = hold.choice();
    return switch (loading.load(slot, folder, digest)) {
      case NotLoaded(String why, Duration rest) ->
          rest.isPositive() ? backAfter(rest, why, after) : new Refused(why);
      case Loaded(ChosenBundle bundle) -> {
        hold.candidate(bundle);
        hold.keep(after);
        Optional<String> no = hold.serve(bundle, source, after);
        if (no.isPresent()) {
          hold.keep(now);
          yield new Refused(no.get());
        }
        hold.settleNow();
        yield new Done(bundle.words() + " was loaded and serves again");
      }
    };
  }

  /** What is to be left goes at once, though what was before is not tried yet (R2). */
  private ModelOutcome backAfter(Duration rest, String why, SlotChoice after) throws IOException {
    hold.choose(hold.keep(after));
    hold.clear("refused", why);
    hold.retryAfter(rest);
    return new Done("no model scores for now: " + why);
  }

  /** Whatever comes of it, the model that served does so no longer, unless it is the configured. */
  ModelOutcome reset() throws IOException {
    SlotChoice after = SlotChoice.none(hold.configured());
    Optional<ChosenBundle> now = hold.serving();
    if (now.isPresent() && isConfigured(now.get())) {
      hold.choose(hold.keep(after));
      return new Done("what the configuration names serves already");
    }
    if (hold.configured().isEmpty()) {
      hold.choose(hold.keep(after));
      hold.clear("empty", "the configuration names no bundle");
      return new Done("no model scores: the configuration names none");
    }
    ChosenBundle old = hold.choice().before();
    ModelOutcome outcome =
        old != null && isConfigured(old)
            ? backTo(old, after)
            : byLoading(Path.of(hold.configured()), Optional.empty(), NAMED, after);
    if (outcome instanceof Refused(String why)) {
      hold.choose(hold.keep(after));
      hold.clear("refused", why);
    }
    return outcome;
  }

  private boolean isConfigured(ChosenBundle bundle) {
    return bundle.bundle().equals(hold.configured());
  }
}
