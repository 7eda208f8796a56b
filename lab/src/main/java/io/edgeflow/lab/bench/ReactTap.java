package io.edgeflow.lab.bench;

import io.edgeflow.gateway.Taps;
import io.edgeflow.gateway.actions.ActionOutput;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.recorder.ReadingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Notes when a reading passes each part of a gateway on its way to an action: monotonic time, kept
 * for the newest readings of each series until the action comes. Any thread.
 */
final class ReactTap implements Taps {
  /** Readings of a series that are remembered; a cycle and what an action may be late. */
  private static final int KEPT = 64;

  /** Ends each payload: {@code 1763672400000}}. */
  private static final int STAMP_DIGITS = 13;

  private final AtomicLongArray taken = times();
  private final AtomicLongArray decided = times();
  private final AtomicLongArray scored = times();
  private final AtomicLongArray recorded = times();

  /** The stamp of the newest score that was recorded, by series. */
  private final AtomicLongArray newest = new AtomicLongArray(ReactRhythm.SERIES);

  private final List<ReactPassage> passages = new ArrayList<>();

  private static AtomicLongArray times() {
    return new AtomicLongArray(ReactRhythm.SERIES * KEPT);
  }

  private static int slot(int series, long stampMillis) {
    return series * KEPT + (int) (stampMillis / ReactRhythm.SPACING_MILLIS % KEPT);
  }

  @Override
  public Intake intake(Intake recorder) {
    return new Intake() {
      @Override
      public boolean offer(Submission submission) {
        if (submission.isPolled()) {
          submission.polledValues().forEach(ReactTap.this::scored);
        } else {
          taken(submission);
        }
        return recorder.offer(submission);
      }

      @Override
      public void whenRoom(Runnable retry) {
        recorder.whenRoom(retry);
      }
    };
  }

  private void taken(Submission submission) {
    int series = ReactRhythm.number(submission.topic().substring("sensors/".length()));
    if (series >= 0) {
      taken.set(slot(series, stamp(submission.payload())), submission.arrivedNanos());
    }
  }

  static long stamp(byte[] payload) {
    long stamp = 0;
    for (int i = payload.length - 1 - STAMP_DIGITS; i < payload.length - 1; i++) {
      stamp = stamp * 10 + payload[i] - '0';
    }
    return stamp;
  }

  private void scored(PolledValue value) {
    if (ReactRhythm.isScore(value.series())) {
      int series = ReactRhythm.number(value.series());
      scored.set(slot(series, value.stampMicros() / 1_000), System.nanoTime());
    }
  }

  @Override
  public ReadingListener listener(ReadingListener all) {
    return (name, timeMicros, number, text, quality) -> {
      int series = ReactRhythm.number(name);
      long stamp = timeMicros / 1_000;
      if (series >= 0 && ReactRhythm.isScore(name)) {
        recorded.set(slot(series, stamp), System.nanoTime());
        newest.set(series, stamp);
      } else if (series >= 0 && ReactRhythm.isReading(name)) {
        decided.set(slot(series, stamp), System.nanoTime());
      }
      all.accepted(name, timeMicros, number, text, quality);
    };
  }

  @Override
  public ActionOutput output(String action, ActionOutput output) {
    int series = ReactRhythm.number(action);
    return (on, done) -> {
      long now = System.nanoTime();
      passed(series, on, now);
      output.write(on, done);
    };
  }

  private void passed(int series, boolean on, long now) {
    long stamp = ReactRhythm.cause(series, newest.get(series), on);
    int slot = slot(series, stamp);
    var passage =
        new ReactPassage(
            stamp,
            decided.get(slot) - taken.get(slot),
            scored.get(slot) - decided.get(slot),
            recorded.get(slot) - scored.get(slot),
            now - recorded.get(slot));
    synchronized (passages) {
      passages.add(passage);
    }
  }

  /** All that switched an action so far. */
  List<ReactPassage> passages() {
    synchronized (passages) {
      return List.copyOf(passages);
    }
  }
}
