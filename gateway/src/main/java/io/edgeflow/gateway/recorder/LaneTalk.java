package io.edgeflow.gateway.recorder;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * How the thread of a job waits for the owner thread. {@link #cancel} and {@link #close} from any
 * thread; the others from that of the job only.
 */
final class LaneTalk {
  private static final long LOOK_NANOS = 100_000_000;
  private static final long PATIENCE_MILLIS = 100;

  private final FetchLane lane;
  private final FetchLane.Job job;
  private volatile boolean cancelled;
  private volatile boolean closing;
  private FetchLane.Answer last = FetchLane.Answer.NONE;

  LaneTalk(FetchLane lane, FetchLane.Job job) {
    this.lane = lane;
    this.job = job;
  }

  /** The job ended because somebody asked for it. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super(null, null, false, false);
    }
  }

  /** What was numbered is sent; nothing more is. */
  void cancel() {
    cancelled = true;
  }

  /** As {@link #cancel}, before the owner thread ends: it may not answer any more. */
  void close() {
    cancelled = true;
    closing = true;
  }

  void check() {
    if (cancelled) {
      throw new Ended();
    }
  }

  /** How the job's frames fared when the owner was asked last. */
  FetchLane.Answer last() {
    return last;
  }

  FetchLane.Answer look() {
    last = await(lane.look(job));
    return last;
  }

  /**
   * Returns when all rows were numbered or left out.
   *
   * @param watching runs after each answer
   */
  void hand(FoundRows rows, Runnable watching) {
    while (!rows.isEmpty()) {
      check();
      last = await(lane.number(rows, job));
      if (last.closed()) {
        throw new IllegalStateException("the gateway stops");
      }
      watching.run();
      if (!last.waitsFor().isEmpty()) {
        pause();
      }
    }
  }

  void pause() {
    LockSupport.parkNanos(LOOK_NANOS);
  }

  <T> T await(CompletableFuture<T> answer) {
    while (true) {
      try {
        return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Whoever is only cancelled waits: the rows are the owner's until it has answered.
        if (closing) {
          throw new Ended();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Ended();
      }
    }
  }
}
