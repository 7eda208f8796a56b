package io.edgeflow.inference.node;

import io.edgeflow.inference.scoring.ReadingBatch;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.Scoring;
import io.edgeflow.inference.scoring.SlotScorer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores what waits in the queue of one slot, on a thread of its own: a model that takes its time
 * holds up no other slot. While scores find no room it scores nothing, so that it is the queue of
 * readings which overflows, drops its oldest, and tells so.
 */
final class ScoringLoop {
  private static final Logger log = LoggerFactory.getLogger(ScoringLoop.class);

  /** Whoever may publish may invent names; a gateway takes 20 000 where nobody says otherwise. */
  private static final int MOST_SERIES = 100_000;

  private static final long LOOK_MILLIS = 100;
  private static final long ROOM_MILLIS = 5;
  private static final long STOP_MILLIS = 5_000;

  private final ReadingQueue queue;
  private final Scoring scoring;
  private final ScoreWriter writer;
  private final long lingerNanos;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param linger how long a row may wait for others
   */
  ScoringLoop(ReadingQueue queue, SlotScorer slot, ScoreWriter writer, Duration linger) {
    this.queue = queue;
    this.scoring = new Scoring(List.of(slot), MOST_SERIES);
    this.thread = Thread.ofPlatform().name("scoring-" + slot.name()).daemon().unstarted(this::run);
    this.writer = writer;
    this.lingerNanos = linger.toNanos();
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        if (writer.hasRoom()) {
          score();
        } else {
          Thread.sleep(ROOM_MILLIS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** One call of each model, with what came in within the linger. */
  private void score() throws InterruptedException {
    long due = System.nanoTime() + lingerNanos;
    boolean some = take(LOOK_MILLIS);
    while (some && lingerNanos > 0 && !stopped) {
      long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
      some = left > 0 && take(left);
    }
    try {
      scoring.flush();
    } catch (RuntimeException e) {
      // A fault of ours costs scores; it must not cost all scores from now on.
      log.error("scoring failed", e);
    }
    writer.flush();
  }

  /** Slots of whom not even the scores are to be scored. Any thread. */
  void others(Set<String> slots) {
    scoring.others(slots);
  }

  private boolean take(long millis) throws InterruptedException {
    Optional<ReadingBatch> taken = queue.take(millis);
    if (taken.isEmpty()) {
      return false;
    }
    ReadingBatch batch = taken.get();
    try {
      for (int i = 0; i < batch.size(); i++) {
        accept(batch, i);
      }
    } catch (RuntimeException e) {
      log.error("scoring failed on a batch of {} readings", batch.size(), e);
    } finally {
      queue.giveBack(batch);
    }
    return true;
  }

  private void accept(ReadingBatch batch, int i) {
    String series = batch.series(i);
    if (NodeIntake.isGap(series)) {
      scoring.slots().forEach(SlotScorer::restart);
    } else {
      scoring.accept(series, batch.timeMicros(i), batch.value(i), batch.quality(i));
    }
  }

  /** Does not wait for it. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  /** What waits is not scored. A call that is on its way may end after this. */
  void close() throws InterruptedException {
    stop();
    thread.join(STOP_MILLIS);
    writer.flush();
  }
}
