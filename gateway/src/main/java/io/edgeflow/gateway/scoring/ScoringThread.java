package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.scoring.ReadingBatch;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.Scoring;
import io.edgeflow.inference.scoring.SlotScorer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores what waits in the queue of one slot: a model that takes its time holds up no other slot.
 * It mostly waits, because models run on threads of their own. While the recorder has no room for
 * scores it scores nothing, so that it is the queue of readings which overflows, and tells so.
 */
final class ScoringThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScoringThread.class);
  private static final long LOOK_MILLIS = 500;
  private static final long ROOM_MILLIS = 5;
  private static final long STOP_MILLIS = 5_000;

  private final ReadingQueue queue;
  private final Scoring scoring;
  private final ScoreOutlet outlet;
  private final Thread thread;
  private volatile boolean stopped;

  ScoringThread(ReadingQueue queue, SlotScorer slot, ScoreOutlet outlet) {
    this.queue = queue;
    this.scoring = new Scoring(List.of(slot));
    this.outlet = outlet;
    this.thread = Thread.ofPlatform().name("scoring-" + slot.name()).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        if (outlet.flush()) {
          Optional<ReadingBatch> batch = queue.take(LOOK_MILLIS);
          if (batch.isPresent()) {
            score(batch.get());
          }
        } else {
          Thread.sleep(ROOM_MILLIS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void score(ReadingBatch batch) {
    try {
      for (int i = 0; i < batch.size(); i++) {
        scoring.accept(batch.series(i), batch.timeMicros(i), batch.value(i), batch.quality(i));
      }
      scoring.flush();
    } catch (RuntimeException e) {
      // A fault of ours costs scores; it must not cost all scores from now on.
      log.error("scoring failed on a batch of {} readings", batch.size(), e);
    } finally {
      queue.giveBack(batch);
    }
  }

  /** Does not wait for it. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  /** What waits is not scored. A call that is on its way may end after this. */
  @Override
  public void close() {
    stop();
    Joining.join(thread, STOP_MILLIS);
    outlet.flush();
  }
}
