package io.edgeflow.gateway.bundles;

/**
 * How fast downloads may go: a bucket of tokens whose rate halves every quarter of a second while
 * the uplink is behind, down to a trickle, and grows by a quarter in each when it is not. What is
 * not read stays with the sender, because the socket's buffer is small; so telemetry has the line.
 * Pure: times come in. Safe from any thread.
 */
final class Throttle {
  /** Bytes per second that are always left: a download never stands still because of others. */
  static final long TRICKLE = 8 * 1024;

  static final long STEP_NANOS = 250_000_000L;
  private static final double GROWTH = 1.25;
  private static final double NANOS = 1e9;

  private final double most;
  private double rate;

  /** When what was taken so far is paid for. */
  private long paid;

  private long stepBegan;
  private long stepBytes;
  private boolean begun;

  /**
   * @param most bytes per second; {@link Long#MAX_VALUE} for as fast as it goes
   */
  Throttle(long most) {
    this.most = most;
    this.rate = most;
  }

  /**
   * Some bytes were read.
   *
   * @param behind whether telemetry waits
   * @param now monotonic nanoseconds
   * @return how long to wait before more is read, in nanoseconds
   */
  synchronized long took(int bytes, boolean behind, long now) {
    if (!begun) {
      begun = true;
      paid = now;
      stepBegan = now;
    }
    stepBytes += bytes;
    if (now - stepBegan >= STEP_NANOS) {
      step(behind, now);
    }
    if (paid - now < 0) {
      paid = now; // What was not used is not saved up.
    }
    paid += (long) (bytes / rate * NANOS);
    return paid - now;
  }

  private void step(boolean behind, long now) {
    double measured = stepBytes / ((now - stepBegan) / NANOS);
    rate =
        behind
            ? Math.max(Math.min(TRICKLE, most), Math.min(rate, measured) / 2)
            : Math.min(most, rate * GROWTH);
    stepBegan = now;
    stepBytes = 0;
  }

  /** Bytes per second now. */
  synchronized double rate() {
    return rate;
  }
}
