package io.edgeflow.gateway.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.inference.scoring.CallWatch;
import io.edgeflow.inference.scoring.ScoreSink;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.ModelIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings scores into the recorder by the way that all readings take, and tells of their model. Any
 * thread; its monitor is taken last and never held while anything waits.
 */
final class ScoreOutlet implements ScoreSink {
  private static final int MOST_IN_SUBMISSION = 256;

  private final Intake intake;
  private final CallWatch calls;
  private final ModelEvents events;
  private final List<PolledValue> pending = new ArrayList<>();

  /** Where in the order of all scores another model's begin, and what tells so. */
  private final Deque<Boundary> boundaries = new ArrayDeque<>();

  private Consumer<Optional<ModelIdentity>> onActive = model -> {};
  private long handedOver;

  private record Boundary(long after, Runnable tell) {}

  ScoreOutlet(Intake intake, MeterRegistry meters, ModelEvents events) {
    this.intake = intake;
    this.calls = new CallWatch(meters);
    this.events = events;
  }

  @Override
  public synchronized void score(
      String series, long timeMicros, float value, Quality quality, Attribution by) {
    pending.add(new PolledValue(series, value, quality, timeMicros));
  }

  @Override
  public synchronized void called(Attribution by, int rows, long nanos) {
    calls.called(by.model().name(), nanos);
  }

  @Override
  public synchronized void failed(Attribution by, int rows, String why) {
    if (calls.failed()) {
      events.failing(by.model(), why);
    }
  }

  @Override
  public synchronized void active(String slot, Optional<ModelIdentity> model) {
    calls.begin();
    onActive.accept(model);
    boundaries.add(new Boundary(handedOver + pending.size(), events.active(model)));
    flush();
  }

  /** Hears at once when another model serves; must not call back. */
  synchronized void onActive(Consumer<Optional<ModelIdentity>> listener) {
    onActive = listener;
  }

  /** Whether the last call gave no scores for some rows. */
  boolean isFailing() {
    return calls.isFailing();
  }

  /**
   * Hands over what there is, and tells of another model between the scores of both.
   *
   * @return false if there was no room: scores wait here, and there should be no more before
   */
  synchronized boolean flush() {
    while (true) {
      Boundary next = boundaries.peek();
      long until = next == null ? handedOver + pending.size() : next.after();
      if (until > handedOver) {
        if (!handOver((int) Math.min(MOST_IN_SUBMISSION, until - handedOver))) {
          return false;
        }
      } else if (next != null) {
        next.tell().run();
        boundaries.remove();
      } else {
        return true;
      }
    }
  }

  private boolean handOver(int count) {
    List<PolledValue> some = pending.subList(0, count);
    if (!intake.offer(Submission.polled(some, System.nanoTime()))) {
      return false;
    }
    some.clear();
    handedOver += count;
    return true;
  }
}
