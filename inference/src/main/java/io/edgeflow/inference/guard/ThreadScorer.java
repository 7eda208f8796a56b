package io.edgeflow.inference.guard;

import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.RunFailedException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScorerSource;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TimedOutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads and calls a scorer on a thread of its own, so that the caller is free when the time is up.
 * A call that takes too long is asked to end; one that does not is given up together with its
 * thread, and the scorer is not called while that lasts: a machine that stood still for a moment
 * must not cost a model for good. If it was closed meanwhile, it is closed there. Thread-safe;
 * calls wait for each other, at most for the time-out.
 */
public final class ThreadScorer implements Scorer {
  private static final Duration ASKED_AGAIN = Duration.ofMillis(20);

  private final String model;
  private final Scorer scorer;
  private final Duration grace;
  private final ModelThread thread;
  private final Turn turn;
  private volatile boolean closed;

  private ThreadScorer(String model, Scorer scorer, Duration grace, ModelThread thread) {
    this.model = model;
    this.turn = new Turn(model);
    this.scorer = scorer;
    this.grace = grace;
    this.thread = thread;
  }

  /**
   * Loads the model, on its thread.
   *
   * @param events told on the thread of the call that caused them; must not block
   * @throws ModelRefusedException also if loading takes too long, or there are no threads left
   */
  public static ThreadScorer open(
      String model,
      ScorerSource source,
      GuardSettings settings,
      ModelThreads threads,
      Consumer<GuardEvent> events)
      throws IOException, ModelRefusedException {
    if (!threads.tryTake()) {
      throw new ModelRefusedException(
          "%d threads of models are the limit, %d of them are lost in calls that do not end"
              .formatted(threads.limit(), threads.lost()));
    }
    var thread = new ModelThread(model, threads, events);
    ModelThread.Task<Scorer> load = thread.begin(source::open);
    try {
      if (!load.await(settings.loadTimeOut())) {
        thread.abandon(load, true, ThreadScorer::closeIfLoaded);
        throw new ModelRefusedException("it was not loaded within " + settings.loadTimeOut());
      }
      return new ThreadScorer(model, load.get(), settings.grace(), thread);
    } catch (ExecutionException e) {
      thread.end();
      throw refusal(e.getCause());
    }
  }

  private static void closeIfLoaded(@Nullable Object late) {
    if (late instanceof Scorer scorer) {
      scorer.close();
    }
  }

  private static ModelRefusedException refusal(@Nullable Throwable cause) throws IOException {
    return switch (cause) {
      case ModelRefusedException refused -> refused;
      case IOException unreadable -> throw unreadable;
      case null, default -> new ModelRefusedException("it cannot be loaded: " + cause, cause);
    };
  }

  @Override
  public ModelSpec spec() {
    return scorer.spec();
  }

  /** Whether a call was given up and has not ended yet. */
  public boolean isAbandoned() {
    return thread.isAbandoned();
  }

  @Override
  public float[] score(float[] rows, int count) throws ScoringException {
    turn.take(spec().limits().timeOut());
    try {
      requireService();
      ModelThread.Task<float[]> call = thread.begin(() -> scorer.score(rows, count));
      if (!call.await(spec().limits().timeOut())) {
        throw endOrAbandon(call);
      }
      return call.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      turn.end();
    }
  }

  private void requireService() throws OutOfServiceException {
    if (closed) {
      throw new IllegalStateException(model + " is closed");
    }
    if (thread.isAbandoned()) {
      throw new OutOfServiceException(model + " hangs in a call that was given up");
    }
  }

  private TimedOutException endOrAbandon(ModelThread.Task<float[]> call) {
    String late = "%s gave no scores within %s".formatted(model, spec().limits().timeOut());
    if (ends(call)) {
      return new TimedOutException(late);
    }
    thread.abandon(call, false, _ -> scorer.close());
    return new TimedOutException(late + " and cannot be ended");
  }

  /** Asks again and again: on a busy machine the call may begin after it was asked to end. */
  private boolean ends(ModelThread.Task<float[]> call) {
    long end = System.nanoTime() + grace.toNanos();
    long left = grace.toNanos();
    boolean ended;
    do {
      scorer.interrupt();
      ended = call.await(Duration.ofNanos(Math.min(left, ASKED_AGAIN.toNanos())));
      left = end - System.nanoTime();
    } while (!ended && left > 0);
    return ended;
  }

  private ScoringException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case ScoringException scoring -> scoring;
      case IllegalArgumentException mistake -> throw mistake;
      case null, default -> new RunFailedException(model + " failed: " + cause, cause);
    };
  }

  @Override
  public void interrupt() {
    scorer.interrupt();
  }

  /** A scorer that hangs is left to its thread. */
  @Override
  public void close() {
    turn.take();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (!thread.leave()) {
        closeOnItsThread();
      }
    } finally {
      turn.end();
    }
  }

  private void closeOnItsThread() {
    ModelThread.Task<Boolean> closing =
        thread.begin(
            () -> {
              scorer.close();
              return true;
            });
    if (closing.await(spec().limits().timeOut().plus(grace))) {
      thread.end();
    } else {
      thread.abandon(closing, true, _ -> {});
    }
  }
}
