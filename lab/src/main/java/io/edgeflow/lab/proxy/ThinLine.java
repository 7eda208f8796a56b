package io.edgeflow.lab.proxy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line of so many bytes a second in each direction, which the connections of several proxies
 * share: who comes later waits for those before. Any thread.
 */
public final class ThinLine {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;

  /** When each direction is free, {@link System#nanoTime}. */
  private final Map<Direction, AtomicLong> free =
      Map.of(
          Direction.UP, new AtomicLong(System.nanoTime()),
          Direction.DOWN, new AtomicLong(System.nanoTime()));

  /**
   * @param bytesPerSecond more than 0
   */
  public ThinLine(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Returns when the bytes have passed. */
  void pass(Direction direction, int bytes) throws InterruptedException {
    long takes = bytes * SECOND / bytesPerSecond;
    AtomicLong line = free.get(direction);
    if (line != null) {
      long now = System.nanoTime();
      long end = line.updateAndGet(at -> (at - now > 0 ? at : now) + takes);
      TimeUnit.NANOSECONDS.sleep(end - now);
    }
  }
}
