package io.edgeflow.inference.node;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.guard.Attempt;
import io.edgeflow.inference.guard.Attempts;
import io.edgeflow.inference.guard.Guard;
import io.edgeflow.inference.guard.GuardSettings;
import io.edgeflow.inference.guard.ModelThreads;
import io.edgeflow.inference.guard.Permission;
import io.edgeflow.inference.node.config.SlotConfig;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.scoring.BundleModels;
import io.edgeflow.inference.scoring.ModelRead;
import io.edgeflow.inference.scoring.ScoredModel;
import io.edgeflow.inference.slot.Change;
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
 * Loads the models of a node, one after the other, on a thread of its own. Each attempt is on the
 * disk before the runtime is touched (R2): a model that kills the process twice is not tried a
 * third time.
 */
final class NodeModels {
  private static final Logger log = LoggerFactory.getLogger(NodeModels.class);
  private static final long STOP_MILLIS = 5_000;

  /** A model that loops or hangs takes its thread along. */
  private static final int THREADS_PER_SLOT = 4;

  private final List<NodeSlot> slots;
  private final Path folder;
  private final Duration soak;
  private final ModelThreads threads;
  private final BundleReader reader = new BundleReader(BundleLimits.STANDARD);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("models").daemon().unstarted(this::run);
  private volatile @Nullable ScoringRuntime runtime;
  private volatile @Nullable Attempt trying;

  /**
   * @param folder made when it is needed
   * @param soak how long a model must score before its attempt was survived
   */
  NodeModels(List<NodeSlot> slots, Path folder, Duration soak) {
    this.slots = List.copyOf(slots);
    this.folder = folder;
    this.soak = soak;
    this.threads = new ModelThreads(THREADS_PER_SLOT * slots.size());
  }

  void start() {
    thread.start();
  }

  /** Empty until a model was tried. */
  Optional<ScoringRuntime> runtime() {
    return Optional.ofNullable(runtime);
  }

  private void run() {
    Attempts attempts;
    try {
      attempts = Attempts.open(folder.resolve("attempts"), Attempts.DEFAULT_LIMIT);
    } catch (IOException e) {
      log.warn("No model is loaded", e);
      slots.forEach(slot -> slot.condition("failed", "attempts cannot be noted: " + e));
      return;
    }
    for (NodeSlot slot : slots) {
      if (stopping.getCount() > 0) {
        slot.condition("loading", "");
        Optional<String> why = start(slot, attempts);
        why.ifPresent(reason -> refuse(slot, reason));
      }
    }
  }

  private static void refuse(NodeSlot slot, String why) {
    log.warn("slot {}: {} is not taken: {}", slot.config().slot(), slot.config().bundle(), why);
    slot.condition("refused", why);
  }

  /**
   * @return why it is not taken; empty if it is
   */
  private Optional<String> start(NodeSlot slot, Attempts attempts) {
    return switch (reader.read(slot.config().bundle())) {
      case BundleRead.Refused(BundleRefusal refusal) -> Optional.of(refusal.toString());
      case BundleRead.Good(Bundle bundle) -> attempt(slot, bundle, attempts);
    };
  }

  private Optional<String> attempt(NodeSlot slot, Bundle bundle, Attempts attempts) {
    try {
      return switch (attempts.begin(bundle.digest().hex())) {
        case Permission.Denied refused ->
            Optional.of("the process ended " + refused.deaths() + " times while it was tried");
        case Permission.Granted(Attempt attempt) -> {
          trying = attempt;
          Optional<String> why = load(slot, bundle);
          end(attempt, why.isEmpty());
          yield why;
        }
      };
    } catch (IOException e) {
      return Optional.of("the attempt cannot be noted: " + e);
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

  private Optional<String> load(NodeSlot slot, Bundle known) {
    try {
      return switch (models(slot).read(known.folder())) {
        case ModelRead.Refused(String why) -> Optional.of(why);
        case ModelRead.Good(ScoredModel model)
            when !model.bundle().digest().equals(known.digest()) ->
            Optional.of("it changed while it was loaded");
        case ModelRead.Good(ScoredModel model) -> serve(slot, model);
      };
    } catch (RuntimeUnavailableException | RuntimeException | LinkageError e) {
      log.warn("The model of slot {} is not loaded", slot.config().slot(), e);
      return Optional.of(String.valueOf(e));
    }
  }

  private static Optional<String> serve(NodeSlot slot, ScoredModel model) {
    Change change = slot.scorer().prepare(model);
    if (change instanceof Change.Prepared) {
      change = slot.scorer().promote();
    }
    if (change instanceof Change.Refused(String why)) {
      return Optional.of(why);
    }
    slot.condition("serving", "");
    return Optional.empty();
  }

  private BundleModels models(NodeSlot slot) throws RuntimeUnavailableException {
    ScoringRuntime open = open();
    String name = slot.config().slot();
    var guard =
        new Guard(
            open, GuardSettings.DEFAULT, threads, event -> log.warn("slot {}: {}", name, event));
    BundleModels.Loader loader =
        slot.config().process() == SlotConfig.Placement.CHILD
            ? (model, graph, spec) ->
                guard.inChild(name + "-" + model.name(), graph, spec, child(name, model.digest()))
            : (model, graph, spec) -> guard.inProcess(name + "-" + model.name(), graph, spec);
    return new BundleModels(reader, open.provider(), loader);
  }

  private Path child(String slot, String digest) {
    return folder.resolve("children").resolve(slot + "-" + digest);
  }

  private ScoringRuntime open() throws RuntimeUnavailableException {
    ScoringRuntime known = runtime;
    if (known == null) {
      known = ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(folder.resolve("runtime")));
      log.info("provider {}: {}", known.provider(), known.attempts());
      runtime = known;
    }
    return known;
  }

  /** A clean stop tells nothing of the model that is being tried. */
  void close() throws IOException, InterruptedException {
    stopping.countDown();
    thread.join(STOP_MILLIS);
    Attempt unfinished = trying;
    if (unfinished != null) {
      unfinished.withdrawn();
    }
  }
}
