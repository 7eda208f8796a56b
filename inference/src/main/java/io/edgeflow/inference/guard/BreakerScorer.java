package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.BreakerState.Closed;
import io.edgeflow.inference.guard.BreakerState.Open;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.RunFailedException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TimedOutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Calls a scorer only while it is worth it. Errors, time-outs and scores that are no numbers count;
 * that it was out of service by itself does not. Thread-safe.
 */
public final class BreakerScorer implements Scorer {
  private final String model;
  private final Scorer scorer;
  private final LongSupplier nanoTime;
  private final Consumer<GuardEvent> events;
  private final CircuitBreaker breaker;

  /**
   * @param nanoTime monotonic
   * @param events told on the thread of the call that caused them; must not block
   */
  public BreakerScorer(
      String model,
      Scorer scorer,
      BreakerSettings settings,
      LongSupplier nanoTime,
      Consumer<GuardEvent> events) {
    this.model = model;
    this.scorer = scorer;
    this.nanoTime = nanoTime;
    this.events = events;
    this.breaker = new CircuitBreaker(settings);
  }

  @Override
  public ModelSpec spec() {
    return scorer.spec();
  }

  public BreakerState state() {
    synchronized (breaker) {
      return breaker.state();
    }
  }

  @Override
  public float[] score(float[] rows, int count) throws ScoringException {
    requirePermission();
    boolean decided = false;
    try {
      float[] scores = scorer.score(rows, count);
      succeeded();
      decided = true;
      return scores;
    } catch (ScoringException e) {
      decided = judge(e);
      throw e;
    } finally {
      if (!decided) {
        notCalled();
      }
    }
  }

  private void requirePermission() throws OutOfServiceException {
    synchronized (breaker) {
      if (!breaker.permits(nanoTime.getAsLong())) {
        throw new OutOfServiceException(model + " failed too often and is not called for a while");
      }
    }
  }

  private boolean judge(ScoringException failure) {
    return switch (failure) {
      case RunFailedException _, NonFiniteScoresException _, TimedOutException _ -> {
        failed(failure);
        yield true;
      }
      case OutOfServiceException _ -> false;
    };
  }

  private void succeeded() {
    boolean recovered;
    synchronized (breaker) {
      recovered = !(breaker.state() instanceof Closed);
      breaker.succeeded();
      recovered &= breaker.state() instanceof Closed;
    }
    if (recovered) {
      events.accept(new GuardEvent.Recovered(model));
    }
  }

  private void failed(ScoringException cause) {
    boolean opened;
    synchronized (breaker) {
      opened = !(breaker.state() instanceof Open);
      breaker.failed(nanoTime.getAsLong());
      opened &= breaker.state() instanceof Open;
    }
    if (opened) {
      events.accept(new GuardEvent.Opened(model, String.valueOf(cause.getMessage())));
    }
  }

  private void notCalled() {
    synchronized (breaker) {
      breaker.notCalled(nanoTime.getAsLong());
    }
  }

  @Override
  public void interrupt() {
    scorer.interrupt();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
