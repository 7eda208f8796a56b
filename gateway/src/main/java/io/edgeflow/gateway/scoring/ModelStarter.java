package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.guard.Attempt;
import io.edgeflow.inference.guard.Attempts;
import io.edgeflow.inference.guard.Permission;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.scoring.BundleModels;
import io.edgeflow.inference.scoring.ModelRead;
import io.edgeflow.inference.scoring.ScoredModel;
import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what is configured, one model after the other, on a thread of its own, while readings are
 * taken already. Each attempt is on the disk before the runtime is touched (R2): a model that kills
 * the process twice is not tried a third time.
 */
final class ModelStarter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelStarter.class);
  private static final long STOP_MILLIS = 5_000;

  private final List<SlotPart> slots;
  private final ModelFolders folders;
  private final Duration soak;
  private final BundleReader reader = new BundleReader(BundleLimits.STANDARD);
  private final ModelPlaces places;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("models").daemon().unstarted(this::run);
  private volatile @Nullable Attempt trying;

  /**
   * @param soak how long a model must score before its attempt was survived
   */
  ModelStarter(List<SlotPart> slots, ModelFolders folders, Duration soak) {
    this.slots = List.copyOf(slots);
    this.folders = folders;
    this.soak = soak;
    this.places = new ModelPlaces(folders, reader, slots.size());
  }

  void start() {
    thread.start();
  }

  ModelPlaces places() {
    return places;
  }

  private void run() {
    try {
      Attempts attempts = Attempts.open(folders.attempts(), Attempts.DEFAULT_LIMIT);
      for (SlotPart slot : slots) {
        slot.condition("loading", "");
        start(slot, slot.config().bundle(), attempts, false);
        if (slot.config().shadow().isPresent()) {
          start(slot, slot.config().shadow().get(), attempts, true);
        }
      }
    } catch (IOException e) {
      log.warn("No model is loaded", e);
      slots.forEach(slot -> slot.condition("failed", "attempts cannot be noted: " + e));
      slots.forEach(slot -> slot.events().refused("every bundle", String.valueOf(e)));
    }
  }

  private void start(SlotPart slot, Path folder, Attempts attempts, boolean shadow) {
    if (stopping.getCount() == 0) {
      return;
    }
    switch (reader.read(folder)) {
      case BundleRead.Refused(BundleRefusal refusal) -> {
        slot.events().refused(folder.toString(), refusal.toString());
        refuse(slot, shadow, refusal.toString());
      }
      case BundleRead.Good(Bundle bundle) -> {
        ModelIdentity identity = BundleModels.identity(bundle);
        Optional<String> why = attempt(slot, bundle, attempts, shadow);
        why.ifPresent(
            reason -> {
              slot.events().refused(identity, reason);
              refuse(slot, shadow, reason);
            });
      }
    }
  }

  private static void refuse(SlotPart slot, boolean shadow, String why) {
    slot.condition("refused", shadow ? "the shadow is refused: " + why : why);
  }

  /**
   * @return why it is not taken; empty if it is
   */
  private Optional<String> attempt(
      SlotPart slot, Bundle bundle, Attempts attempts, boolean shadow) {
    try {
      return switch (attempts.begin(bundle.digest().hex())) {
        case Permission.Refused refused ->
            Optional.of("the process ended " + refused.deaths() + " times while it was tried");
        case Permission.Granted(Attempt attempt) -> {
          trying = attempt;
          Optional<String> why = load(slot, bundle, shadow);
          end(attempt, why.isEmpty());
          yield why;
        }
      };
    } catch (IOException e) {
      return Optional.of("the attempt cannot be noted: " + e);
    } catch (RuntimeException e) {
      log.error("The model of {} is not loaded", bundle.folder(), e);
      return Optional.of(String.valueOf(e));
    }
  }

  private void end(Attempt attempt, boolean loaded) throws IOException {
    boolean survived = loaded && !stopsWithin(soak);
    trying = null;
    if (survived) {
      attempt.survived();
    } else {
      attempt.withdrawn();
    }
  }

  private boolean stopsWithin(Duration time) {
    try {
      return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Optional<String> load(SlotPart slot, Bundle known, boolean shadow) {
    try {
      return switch (places.models(slot).read(known.folder())) {
        case ModelRead.Refused(String why) -> Optional.of(why);
        case ModelRead.Good(ScoredModel model)
            when !model.bundle().digest().equals(known.digest()) ->
            Optional.of("it changed while it was loaded");
        case ModelRead.Good(ScoredModel model) -> serve(slot, model, shadow);
      };
    } catch (RuntimeUnavailableException | RuntimeException | LinkageError e) {
      log.warn("A model of slot {} is not loaded", slot.config().slot(), e);
      return Optional.of(String.valueOf(e));
    }
  }

  private Optional<String> serve(SlotPart slot, ScoredModel model, boolean shadow) {
    Change change = slot.scorer().prepare(model);
    if (change instanceof Change.Prepared) {
      change = shadow ? slot.scorer().shadow() : slot.scorer().promote();
    }
    if (change instanceof Change.Refused(String why)) {
      return Optional.of(why);
    }
    if (shadow) {
      slot.events().shadowed(model.identity());
    } else {
      slot.condition("serving", "");
    }
    return Optional.empty();
  }

  /** A clean stop tells nothing of the model that is being tried. */
  @Override
  public void close() throws IOException {
    stopping.countDown();
    Joining.join(thread, STOP_MILLIS);
    Attempt unfinished = trying;
    if (unfinished != null) {
      unfinished.withdrawn();
    }
  }
}
