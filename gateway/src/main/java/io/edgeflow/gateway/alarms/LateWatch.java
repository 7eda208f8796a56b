package io.edgeflow.gateway.alarms;

/** When late readings are told: once none has come for a while, or after a longer while anyway. */
final class LateWatch {
  private final long quietNanos;
  private final long longestNanos;
  private boolean counting;
  private long firstNanos;
  private long lastNanos;

  LateWatch(long quietNanos, long longestNanos) {
    this.quietNanos = quietNanos;
    this.longestNanos = longestNanos;
  }

  void counted(long nanos) {
    if (!counting) {
      counting = true;
      firstNanos = nanos;
    }
    lastNanos = nanos;
  }

  /** To be asked while there are some to tell; those of an earlier run count from the first ask. */
  boolean isDue(long nanos) {
    if (!counting) {
      counted(nanos);
      return false;
    }
    boolean due = nanos - lastNanos >= quietNanos || nanos - firstNanos >= longestNanos;
    counting = !due;
    return due;
  }
}
