package io.edgeflow.gateway.source;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.source.SourceLink.Arrival;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What one connection brings, on its way into the recorder, in order.
 *
 * <pre>
 *              offer                 settled safe
 *  arrived ────────────► recorder ────────────────► acknowledged
 *     │                     │
 *     waits for room        └─ failed ─► the connection ends, and the broker sends it again
 *     and for the window
 * </pre>
 *
 * <p>The connection's thread waits here, and so reads no further: while there is no room, and while
 * as many messages as the window has are unacknowledged, also if the broker would send more. QoS 0
 * has nobody who would send it again, and does not wait: without room it is dropped and counted.
 *
 * <p>The recorder's threads settle and make room. A lock guards what they and the connection's
 * thread both touch; only the latter ever waits on it.
 */
final class SourceFlow {
  /** EdgeFlow's own talk. */
  private static final String INTERNAL = "edgeflow/";

  private final SourceSettings settings;
  private final Intake intake;
  private final SourceCounts counts;
  private final Consumer<String> abort;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private int unacknowledged;
  private long acknowledged;
  private boolean isWaiting;
  private boolean askedForRoom;
  private boolean stopping;
  private boolean over;

  /**
   * @param abort ends the connection, for this reason; must not block
   */
  SourceFlow(SourceSettings settings, Intake intake, SourceCounts counts, Consumer<String> abort) {
    this.settings = settings;
    this.intake = intake;
    this.counts = counts;
    this.abort = abort;
  }

  /** One message after another, on the connection's thread, which waits here. */
  void arrived(Arrival arrival) {
    counts.received.increment();
    if (!isOurs(arrival.topic())) {
      counts.unasked.increment();
      pass(arrival);
    } else if (arrival.isRetained() && !settings.takesRetained()) {
      counts.retained.increment();
      pass(arrival);
    } else {
      take(arrival);
    }
  }

  private boolean isOurs(String topic) {
    return !topic.startsWith(INTERNAL) && !topic.startsWith("$") && settings.asksFor(topic);
  }

  private void pass(Arrival arrival) {
    if (arrival.isAcknowledged()) {
      arrival.acknowledge();
      counts.acknowledged.increment();
    }
  }

  private void take(Arrival arrival) {
    Submission submission =
        Submission.mqtt(
            arrival.topic(), arrival.payload(), System.nanoTime(), arrival.isRetained());
    if (!arrival.isAcknowledged()) {
      if (!intake.offer(submission)) {
        counts.dropped.increment();
      }
    } else if (handOver(submission)) {
      submission.whenSettled(() -> settled(arrival, submission.safe()));
    }
  }

  /** Waits until there is room; false if the connection is over before that. */
  private boolean handOver(Submission submission) {
    lock.lock();
    try {
      isWaiting = true;
      while (!stopping && !over) {
        if (askedForRoom || unacknowledged >= settings.window()) {
          changed.awaitUninterruptibly();
        } else if (intake.offer(submission)) {
          unacknowledged++;
          return true;
        } else {
          askedForRoom = true;
          counts.waited.increment();
          intake.whenRoom(this::roomAgain);
        }
      }
      return false;
    } finally {
      isWaiting = false;
      lock.unlock();
    }
  }

  private void roomAgain() {
    lock.lock();
    try {
      askedForRoom = false;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void settled(Arrival arrival, boolean safe) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      unacknowledged--;
      if (safe) {
        acknowledged++;
        arrival.acknowledge();
        counts.acknowledged.increment();
        endIfIdle();
      } else {
        // Acknowledgements go in order: none of a later message can.
        over = true;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (!safe) {
      counts.failed.increment();
      abort.accept("a message could not be made safe; the broker is to send it again");
    }
  }

  /** Takes nothing more; what was handed over may still be acknowledged, until it completes. */
  CompletableFuture<Void> stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signal();
      endIfIdle();
    } finally {
      lock.unlock();
    }
    return idle;
  }

  private void endIfIdle() {
    if (stopping && unacknowledged == 0) {
      idle.complete(null);
    }
  }

  /** The connection is gone: nothing was promised for what is left, and nothing will be. */
  void ended() {
    lock.lock();
    try {
      over = true;
      unacknowledged = 0;
      changed.signal();
    } finally {
      lock.unlock();
    }
    idle.complete(null);
  }

  /** Not acknowledged yet; with the one that waits. */
  int held() {
    lock.lock();
    try {
      return unacknowledged + (isWaiting ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /** Of what was taken. */
  long acknowledged() {
    lock.lock();
    try {
      return acknowledged;
    } finally {
      lock.unlock();
    }
  }
}
