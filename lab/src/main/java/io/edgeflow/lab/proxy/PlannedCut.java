package io.edgeflow.lab.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A cut that waits for its byte. Any thread.
 *
 * <p>It ends the connection once exactly that many of its bytes were handed on in one direction;
 * what the other direction carries meanwhile is not counted.
 */
public final class PlannedCut {
  private final Direction direction;
  private final long bytes;
  private final CountDownLatch made = new CountDownLatch(1);
  private volatile long connection;

  PlannedCut(Direction direction, long bytes) {
    this.direction = direction;
    this.bytes = bytes;
  }

  /** How many more bytes may pass; without end in the direction that is not cut. */
  long left(Direction flow, long passed) {
    return flow == direction ? bytes - passed : Long.MAX_VALUE;
  }

  void made(long ended) {
    connection = ended;
    made.countDown();
  }

  /** Waits until it was made; false if that takes longer. */
  public boolean await(Duration patience) throws InterruptedException {
    return made.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Which connection it ended, as {@link FaultProxy#connections} counts them: those after it have
   * greater numbers. 0 while it is not made.
   */
  public long connection() {
    return connection;
  }
}
