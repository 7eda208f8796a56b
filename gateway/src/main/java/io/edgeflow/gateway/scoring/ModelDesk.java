package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.guard.Attempts;
import io.edgeflow.inference.guard.Rests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that loads and changes models, while readings are taken and scored. Changes are
 * made in the order in which they were asked for, but for one: what puts a model on trial (R2)
 * waits until the trial of another one is over, and what does not, a return to the model before
 * above all, overtakes it.
 */
final class ModelDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelDesk.class);
  private static final long STOP_MILLIS = 5_000;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<SlotPart> slots;
  private final ModelFolders folders;
  private final ModelPlaces places;
  private final BundleReader reader;
  private final GatewayScoring.Pace pace;
  private final ModelVeto veto;
  private final LongSupplier presentMicros;
  private final Rests rests;
  private final Thread thread = Thread.ofPlatform().name("models").daemon().unstarted(this::run);

  /** Under the monitor, which is held for moments. */
  private final Deque<Task> waiting = new ArrayDeque<>();

  private long lastId;
  private boolean stopping;
  private volatile @Nullable ModelTrial trial;

  /**
   * @param wouldTry whether it puts a model on trial now
   */
  private record Task(
      SlotPart slot,
      Predicate<SlotChanges> wouldTry,
      Work work,
      CompletableFuture<ModelOutcome> outcome) {}

  @FunctionalInterface
  private interface Work {
    ModelOutcome on(SlotChanges slot);
  }

  ModelDesk(
      List<SlotPart> slots,
      ModelFolders folders,
      ModelPlaces places,
      BundleReader reader,
      GatewayScoring.Pace pace,
      ModelVeto veto,
      LongSupplier presentMicros) {
    this.slots = List.copyOf(slots);
    this.folders = folders;
    this.places = places;
    this.reader = reader;
    this.pace = pace;
    this.veto = veto;
    this.presentMicros = presentMicros;
    // As long as a model must score: a process that lives so long dies of something else.
    this.rests = new Rests(pace.soak(), System::nanoTime, veto::didWell);
  }

  /** Loads what was chosen or is configured, and takes commands. */
  void start() {
    for (SlotPart slot : slots) {
      add(slot, work(SlotChanges::start));
      slot.config()
          .shadow()
          .ifPresent(folder -> add(slot, work(changes -> changes.startShadow(folder))));
    }
    thread.start();
  }

  private static Work work(Consumer<SlotChanges> start) {
    return changes -> {
      start.accept(changes);
      return new ModelOutcome.Done("");
    };
  }

  private synchronized void add(SlotPart slot, Work work) {
    waiting.add(new Task(slot, _ -> true, work, new CompletableFuture<>()));
  }

  /** Any thread. */
  ModelPanel.Asked ask(String name, ModelCommand command, Said by) {
    Optional<SlotPart> slot =
        slots.stream().filter(one -> one.config().slot().equals(name)).findAny();
    return slot.isEmpty() ? ModelPanel.Asked.unknown() : ask(slot.get(), command, by);
  }

  private synchronized ModelPanel.Asked ask(SlotPart slot, ModelCommand command, Said by) {
    CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
    if (stopping) {
      outcome.complete(new ModelOutcome.Refused("the gateway stops"));
      return new ModelPanel.Asked(0, outcome);
    }
    long id = ++lastId;
    slot.changes()
        .add(
            new Status.ModelChange(
                id,
                presentMicros.getAsLong() / 1_000,
                command.word(),
                by.who(),
                by.why(),
                "pending",
                ""));
    waiting.add(
        new Task(
            slot,
            changes -> changes.wouldTry(command),
            changes -> ended(slot, id, changes.perform(command, by)),
            outcome));
    notifyAll();
    return new ModelPanel.Asked(id, outcome);
  }

  private static ModelOutcome ended(SlotPart slot, long id, ModelOutcome outcome) {
    switch (outcome) {
      case ModelOutcome.Done(String what) -> slot.changes().end(id, "done", what);
      case ModelOutcome.Refused(String why) -> slot.changes().end(id, "refused", why);
      case ModelOutcome.Unknown _ -> slot.changes().end(id, "refused", "no such slot");
    }
    return outcome;
  }

  /** Any thread; absent before the first model is tried. */
  Optional<ModelTrial> trial() {
    return Optional.ofNullable(trial);
  }

  private void run() {
    try {
      var models =
          new ModelTrial(
              Attempts.open(folders.attempts(), Attempts.DEFAULT_LIMIT, rests), pace.soak());
      trial = models;
      serve(models);
    } catch (IOException e) {
      log.warn("No model is loaded", e);
      slots.forEach(slot -> slot.condition("failed", "attempts cannot be noted: " + e));
      slots.forEach(slot -> slot.events().refused("every bundle", String.valueOf(e)));
      refuseAll("attempts cannot be noted: " + e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(ModelTrial models) throws InterruptedException {
    var loading = new BundleLoading(reader, places, models, veto);
    var choices = new SlotChoices(folders.choices());
    List<SlotChanges> changes = new ArrayList<>();
    for (SlotPart slot : slots) {
      changes.add(new SlotChanges(new SlotHold(slot, choices, models), loading, pace.settling()));
    }
    while (true) {
      models.endIfOver();
      changes.forEach(SlotChanges::settleIfOver);
      changes.stream()
          .filter(SlotChanges::hasRested)
          .forEach(rested -> add(rested.slot(), work(SlotChanges::again)));
      Optional<Task> task = next(changes, models);
      if (task.isPresent()) {
        perform(task.get(), of(changes, task.get()));
      } else if (isStopping()) {
        return;
      }
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private static SlotChanges of(List<SlotChanges> changes, Task task) {
    return changes.stream().filter(one -> one.slot() == task.slot()).findAny().orElseThrow();
  }

  private static void perform(Task task, SlotChanges changes) {
    ModelOutcome outcome;
    try {
      outcome = task.work().on(changes);
    } catch (RuntimeException e) {
      log.error("A change of slot {} failed", task.slot().config().slot(), e);
      outcome = new ModelOutcome.Refused("it failed: " + e);
    }
    task.outcome().complete(outcome);
  }

  /** The first that may be done now; waits until one is, or something else is due. */
  private synchronized Optional<Task> next(List<SlotChanges> changes, ModelTrial models)
      throws InterruptedException {
    long end = System.nanoTime() + untilDue(changes, models);
    Optional<Task> now = take(changes, models);
    long left = end - System.nanoTime();
    while (now.isEmpty() && !stopping && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      now = take(changes, models);
      left = end - System.nanoTime();
    }
    return now;
  }

  private Optional<Task> take(List<SlotChanges> changes, ModelTrial models) {
    boolean busy = models.left().isPresent();
    for (Iterator<Task> tasks = waiting.iterator(); tasks.hasNext() && !stopping; ) {
      Task task = tasks.next();
      if (!busy || !task.wouldTry().test(of(changes, task))) {
        tasks.remove();
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  private static long untilDue(List<SlotChanges> changes, ModelTrial models) {
    return Stream.concat(models.left().stream(), changes.stream().flatMap(SlotChanges::left))
        .min(Comparator.naturalOrder())
        .map(Duration::toNanos)
        .orElse(LOOK_NANOS);
  }

  private void refuseAll(String why) {
    List<Task> all;
    synchronized (this) {
      stopping = true;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(task -> task.outcome().complete(new ModelOutcome.Refused(why)));
  }

  /** What waits is not done. A clean stop tells nothing of the model that is being tried. */
  @Override
  public void close() {
    refuseAll("the gateway stops");
    synchronized (this) {
      notifyAll();
    }
    Joining.join(thread, STOP_MILLIS);
    ModelTrial open = trial;
    if (open != null) {
      open.close();
    }
  }
}
