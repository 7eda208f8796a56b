package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.scoring.BundleModels;
import io.edgeflow.inference.scoring.ModelRead;
import io.edgeflow.inference.scoring.ScoredModel;
import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a folder to a candidate that has proved itself. What is not taken is told as an event. One
 * thread: a load is on trial (R2), and trials come one after the other.
 */
final class BundleLoading {
  private static final Logger log = LoggerFactory.getLogger(BundleLoading.class);

  private final BundleReader reader;
  private final ModelPlaces places;
  private final ModelTrial trial;
  private final ModelVeto veto;

  /** What came of it. */
  sealed interface Result {
    record Loaded(ChosenBundle bundle) implements Result {}

    /**
     * @param rest after which it may be tried again (R2); zero if that is not why
     */
    record NotLoaded(String why, Duration rest) implements Result {}
  }

  BundleLoading(BundleReader reader, ModelPlaces places, ModelTrial trial, ModelVeto veto) {
    this.reader = reader;
    this.places = places;
    this.trial = trial;
    this.veto = veto;
  }

  /** Whether somebody has something against this model. */
  boolean isVetoed(Optional<String> digest) {
    return digest.flatMap(veto::against).isPresent();
  }

  /**
   * @param digest which it must be; empty: whatever is there
   */
  Result load(SlotPart slot, Path folder, Optional<String> digest) {
    return switch (reader.read(folder)) {
      case BundleRead.Refused(BundleRefusal refusal) -> {
        slot.events().refused(folder.toString(), refusal.toString());
        yield new Result.NotLoaded(refusal.toString(), Duration.ZERO);
      }
      case BundleRead.Good(Bundle bundle) -> load(slot, bundle, digest);
    };
  }

  private Result load(SlotPart slot, Bundle bundle, Optional<String> digest) {
    ModelIdentity model = BundleModels.identity(bundle);
    Optional<String> why =
        digest.isPresent() && !digest.get().equals(model.digest())
            ? Optional.of("the folder holds another bundle than the one that was chosen")
            : veto.against(model.digest())
                .or(() -> loadedAlready(slot, model))
                .or(() -> tryToLoad(slot, bundle));
    if (why.isPresent()) {
      slot.events().refused(model, why.get());
      return new Result.NotLoaded(why.get(), trial.rest(model.digest()));
    }
    return new Result.Loaded(ChosenBundle.of(bundle.folder(), model));
  }

  /** One model is never loaded twice in a slot: its rows could not be told apart. */
  private static Optional<String> loadedAlready(SlotPart slot, ModelIdentity model) {
    SlotState state = slot.scorer().figures().state();
    if (state instanceof SlotState.Serving serving && serving.model().equals(model)) {
      return Optional.of("it serves already");
    }
    if (state.fallback() instanceof SlotState.Loaded(ModelIdentity before)
        && before.equals(model)) {
      return Optional.of("it is the model before: back returns to it");
    }
    return switch (state.candidate()) {
      case SlotState.Proven(ModelIdentity candidate) when candidate.equals(model) ->
          Optional.of("it is the candidate already");
      case SlotState.Shadowing shadow when shadow.model().equals(model) ->
          Optional.of("it is in the shadow already");
      default -> Optional.empty();
    };
  }

  private Optional<String> tryToLoad(SlotPart slot, Bundle bundle) {
    Optional<String> refused = trial.begin(bundle.digest().hex());
    if (refused.isPresent()) {
      return refused;
    }
    try {
      return prepare(slot, bundle);
    } catch (RuntimeUnavailableException | RuntimeException | LinkageError e) {
      log.warn("A model of slot {} is not loaded", slot.config().slot(), e);
      return Optional.of(String.valueOf(e));
    } finally {
      trial.withdraw();
    }
  }

  private Optional<String> prepare(SlotPart slot, Bundle known) throws RuntimeUnavailableException {
    return switch (places.models(slot).read(known.folder())) {
      case ModelRead.Refused(String why) -> Optional.of(why);
      case ModelRead.Good(ScoredModel model) when !model.bundle().digest().equals(known.digest()) ->
          Optional.of("it changed while it was loaded");
      case ModelRead.Good(ScoredModel model) ->
          slot.scorer().prepare(model) instanceof Change.Refused(String why)
              ? Optional.of(why)
              : Optional.empty();
    };
  }
}
