package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Failed;
import io.edgeflow.inference.guard.ChildFrames.Floats;
import io.edgeflow.inference.guard.ChildFrames.Frame;
import io.edgeflow.inference.guard.ChildFrames.Load;
import io.edgeflow.inference.guard.ChildFrames.Ready;
import io.edgeflow.inference.runtime.FiniteCheck;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.RunFailedException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TimedOutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A scorer in a process of its own, for a model that may take its process along. A child that does
 * not answer in time is killed; one that died is started again after a while, in the background.
 * Thread-safe; calls wait for each other, at most for the time-out.
 */
public final class ChildScorer implements Scorer {
  private static final String LATE = "it gave no answer in time";
  private static final Duration WATCH = Duration.ofSeconds(1);

  /** By which a Java process grows without the model's doing. */
  private static final long OWN_GROWTH = 96L << 20;

  private static final int MOST_DOUBLINGS = 20;

  private final String model;
  private final Load load;
  private final ChildSettings settings;
  private final Consumer<GuardEvent> events;
  private final Class<?> main;
  private final ScheduledThreadPoolExecutor timer;
  private final Turn turn;

  /** These are guarded by this object's monitor; null where there is none. */
  private @Nullable ChildProcess ready;

  private @Nullable ChildProcess starting;
  private long mostResident;
  private int deaths;
  private String lastDeath = "";
  private boolean closed;

  ChildScorer(
      String model, Load load, ChildSettings settings, Consumer<GuardEvent> events, Class<?> main) {
    this.model = model;
    this.turn = new Turn(model);
    this.load = load;
    this.settings = settings;
    this.events = events;
    this.main = main;
    // One thread may be busy with a start, the other one ends what takes too long.
    this.timer =
        new ScheduledThreadPoolExecutor(
            2, Thread.ofPlatform().daemon().name("child-" + model + "-", 0).factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Starts the child and loads the model there.
   *
   * @param events told on any thread; must not block
   * @throws ModelRefusedException if the child refuses the model, or does not live to tell
   */
  public static ChildScorer open(
      String model, Path graph, ModelSpec spec, ChildSettings settings, Consumer<GuardEvent> events)
      throws IOException, ModelRefusedException {
    var load =
        new Load(
            graph.toAbsolutePath().toString(),
            spec,
            settings.threads().perCall(),
            settings.provider().name());
    var scorer = new ChildScorer(model, load, settings, events, ChildMain.class);
    scorer.firstStart();
    return scorer;
  }

  void firstStart() throws IOException, ModelRefusedException {
    try {
      start();
      var _ =
          timer.scheduleWithFixedDelay(
              this::watchMemory, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException | ModelRefusedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public ModelSpec spec() {
    return load.spec();
  }

  /** Of the child that is ready; -1 if none is. */
  public synchronized long pid() {
    return ready == null ? -1 : ready.pid();
  }

  private void start() throws IOException, ModelRefusedException {
    ChildProcess child;
    // Under the monitor, so that nothing is made in the directory once this is closed.
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException(model + " is closed");
      }
      child = ChildProcess.start(main, settings);
      starting = child;
    }
    Frame answer = firstAnswer(child);
    if (!(answer instanceof Ready ok)) {
      child.kill("refused");
      String why = answer instanceof Failed failed ? failed.why() : "it answered nonsense";
      throw new ModelRefusedException("in its own process: " + why);
    }
    synchronized (this) {
      starting = null;
      ready = child;
      mostResident =
          ok.residentBefore() < 0
              ? Long.MAX_VALUE
              : ok.residentBefore() + spec().limits().memoryBytes() + OWN_GROWTH;
    }
    child.whenDead(() -> died(child));
  }

  private Frame firstAnswer(ChildProcess child) throws ModelRefusedException {
    Future<?> end = killAfter(child, settings.startTimeOut());
    try {
      return child.ask(load);
    } catch (IOException e) {
      child.reap();
      throw new ModelRefusedException("its process ended while it loaded: " + child.death(), e);
    } finally {
      end.cancel(false);
    }
  }

  private Future<?> killAfter(ChildProcess child, Duration patience) {
    return timer.schedule(() -> child.kill(LATE), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public float[] score(float[] rows, int count) throws ScoringException {
    spec().requireRows(rows, count);
    turn.take(spec().limits().timeOut());
    try {
      return score(current(), Arrays.copyOf(rows, count * spec().rowLength()), count);
    } finally {
      turn.end();
    }
  }

  private synchronized ChildProcess current() throws OutOfServiceException {
    if (closed) {
      throw new IllegalStateException(model + " is closed");
    }
    if (ready == null) {
      throw new OutOfServiceException("the process of %s died: %s".formatted(model, lastDeath));
    }
    return ready;
  }

  private float[] score(ChildProcess child, float[] rows, int count) throws ScoringException {
    Frame answer;
    Future<?> end = killAfter(child, spec().limits().timeOut());
    try {
      answer = child.ask(new Floats(count, rows));
    } catch (IOException e) {
      throw gone(child, e);
    } finally {
      end.cancel(false);
    }
    return switch (answer) {
      case Floats scores
          when scores.count() == count && scores.values().length == count * spec().outputs() -> {
        FiniteCheck.check(scores.values(), count, spec().outputs());
        survived();
        yield scores.values();
      }
      case Failed failed -> throw new RunFailedException(failed.why(), null);
      default -> {
        child.kill("it answered nonsense");
        died(child);
        throw new RunFailedException("the process of " + model + " answered nonsense", null);
      }
    };
  }

  private ScoringException gone(ChildProcess child, IOException cause) {
    child.reap();
    died(child);
    return child.wasKilledFor(LATE)
        ? new TimedOutException(
            "%s gave no scores within %s; its process was killed"
                .formatted(model, spec().limits().timeOut()))
        : new RunFailedException(
            "the process of %s died: %s".formatted(model, child.death()), cause);
  }

  private synchronized void survived() {
    deaths = 0;
  }

  private void died(ChildProcess child) {
    String death = child.death();
    Duration restartIn;
    synchronized (this) {
      if (closed || ready != child) {
        return;
      }
      ready = null;
      restartIn = nextStart(death);
    }
    events.accept(new GuardEvent.ChildDied(model, death, restartIn));
  }

  /** Under the monitor. */
  private Duration nextStart(String death) {
    lastDeath = death;
    Duration doubled = settings.firstBackOff().multipliedBy(1L << Math.min(deaths, MOST_DOUBLINGS));
    Duration wait =
        doubled.compareTo(settings.longestBackOff()) < 0 ? doubled : settings.longestBackOff();
    deaths++;
    try {
      var _ = timer.schedule(this::restart, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      lastDeath = "closed";
    }
    return wait;
  }

  private void restart() {
    try {
      start();
      events.accept(new GuardEvent.ChildRestarted(model, pid()));
    } catch (IOException | ModelRefusedException | RuntimeException e) {
      Duration restartIn;
      synchronized (this) {
        if (closed) {
          return;
        }
        restartIn = nextStart(String.valueOf(e.getMessage()));
      }
      events.accept(new GuardEvent.ChildDied(model, String.valueOf(e.getMessage()), restartIn));
    }
  }

  private void watchMemory() {
    ChildProcess child;
    long most;
    synchronized (this) {
      child = ready;
      most = mostResident;
    }
    if (child != null && ChildServer.resident(child.pid()) > most) {
      child.kill("it took more memory than %d bytes".formatted(spec().limits().memoryBytes()));
    }
  }

  /** Nothing is asked of the child: the call ends with the child's life, at the time-out. */
  @Override
  public void interrupt() {
    ChildProcess child;
    synchronized (this) {
      child = ready;
    }
    if (child != null) {
      child.kill("interrupted");
    }
  }

  @Override
  public void close() {
    turn.take();
    try {
      ChildProcess child;
      ChildProcess begun;
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
        child = ready;
        ready = null;
        begun = starting;
      }
      timer.shutdownNow();
      if (child != null) {
        child.end();
      }
      if (begun != null) {
        begun.kill("closed");
        var _ = begun.death(); // Until then it may unpack what is deleted below.
      }
      ChildProcess.delete(settings.directory().resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException("what a child left behind cannot be deleted", e);
    } finally {
      turn.end();
    }
  }
}
