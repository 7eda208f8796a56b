package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.guard.ChildRuntime;
import io.edgeflow.inference.guard.Guard;
import io.edgeflow.inference.guard.GuardSettings;
import io.edgeflow.inference.guard.ModelThreads;
import io.edgeflow.inference.runtime.NativeLibraries;
import io.edgeflow.inference.runtime.ProviderAttempt;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import io.edgeflow.inference.scoring.BundleModels;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where models run: in this process, or each in a child. What a place needs is opened when its
 * first model is loaded; where all models run in children, this process never loads the runtime.
 * One thread loads, any may ask for words.
 */
final class ModelPlaces {
  /** A model that loops or hangs takes its thread along. */
  private static final int THREADS_PER_SLOT = 4;

  private static final Duration TO_CLOSE = Duration.ofSeconds(10);

  private final ModelFolders folders;
  private final BundleReader reader;
  private final ThreadBudget budget;
  private final ModelThreads threads;
  private volatile @Nullable ScoringRuntime inside;
  private volatile @Nullable ChildRuntime children;

  /** What does the arithmetic somewhere, for people. */
  record Words(String provider, List<String> attempts) {
    private static final Words UNKNOWN = new Words("", List.of());
  }

  ModelPlaces(ModelFolders folders, BundleReader reader, int slots) {
    this.folders = folders;
    this.reader = reader;
    this.budget = ThreadBudget.halfTheCores(slots);
    this.threads = new ModelThreads(THREADS_PER_SLOT * slots);
  }

  /** Empty words until a model was tried there. */
  Words words(Placement place) {
    if (place == Placement.CHILD) {
      ChildRuntime found = children;
      return found == null ? Words.UNKNOWN : words(found.provider().name(), found.attempts());
    }
    ScoringRuntime open = inside;
    return open == null ? Words.UNKNOWN : words(open.provider().name(), open.attempts());
  }

  private static Words words(String provider, List<ProviderAttempt> attempts) {
    return new Words(
        provider.toLowerCase(Locale.ROOT),
        attempts.stream().map(ProviderAttempt::toString).toList());
  }

  /** What loads the models of a slot; takes seconds for the first one of its place. */
  BundleModels models(SlotPart slot) throws RuntimeUnavailableException {
    return slot.config().process() == Placement.CHILD ? inChildren(slot) : inside(slot);
  }

  private BundleModels inside(SlotPart slot) throws RuntimeUnavailableException {
    ScoringRuntime open = inside;
    if (open == null) {
      RuntimeSettings defaults = RuntimeSettings.defaults();
      open =
          ScoringRuntime.open(
              defaults.with(budget, defaults.providers()).keepingIn(folders.runtime()));
      inside = open;
    }
    var guard = new Guard(open, GuardSettings.DEFAULT, threads, slot.events()::guard);
    String name = slot.config().slot();
    return new BundleModels(
        reader,
        open.provider(),
        (model, graph, spec) -> {
          awaitRoom();
          return guard.inProcess(name + "-" + model.name(), graph, spec);
        });
  }

  /** Whoever changes models quickly finds those of before still being closed. */
  private void awaitRoom() {
    try {
      var _ = threads.awaitRoom(TO_CLOSE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private BundleModels inChildren(SlotPart slot) throws RuntimeUnavailableException {
    ChildRuntime found = found();
    String name = slot.config().slot();
    return new BundleModels(
        reader,
        found.provider(),
        (model, graph, spec) ->
            found.load(
                name + "-" + model.name(),
                graph,
                spec,
                folders.child(name, model.digest()),
                GuardSettings.DEFAULT.breaker(),
                slot.events()::guard));
  }

  private ChildRuntime found() throws RuntimeUnavailableException {
    ChildRuntime found = children;
    if (found == null) {
      try {
        // Here, where they stay; a child would do it at each of its starts.
        NativeLibraries.unpackTo(folders.runtime().resolve("libraries"));
      } catch (IOException e) {
        throw new RuntimeUnavailableException("the libraries cannot be unpacked: " + e, e);
      }
      found = ChildRuntime.find(folders.child("which", "provider"), budget);
      children = found;
    }
    return found;
  }
}
