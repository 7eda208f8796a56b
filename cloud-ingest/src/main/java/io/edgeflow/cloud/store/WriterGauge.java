package io.edgeflow.cloud.store;

import java.util.function.LongSupplier;

/** Measures how far behind a writer is. Thread-safe; nobody waits here. */
final class WriterGauge {
  /** Of frames in a transaction whose time is that of the database, not that of its work. */
  private static final long LIGHT_BYTES = 64L << 10;

  private final LongSupplier nanos;

  // Guarded by this.
  private long bytes;
  private boolean underWay;
  private long begunNanos;
  private long oldestNanos;
  private long slowestNanos;
  private long lightNanos;

  /**
   * @param nanos a monotonic clock
   */
  WriterGauge(LongSupplier nanos) {
    this.nanos = nanos;
  }

  long now() {
    return nanos.getAsLong();
  }

  synchronized void taken(long taken) {
    bytes += taken;
  }

  /** It needs no transaction. */
  synchronized void discarded(long discarded) {
    bytes -= discarded;
  }

  /**
   * @param oldest when the oldest frame of the transaction was taken
   */
  synchronized void begun(long oldest) {
    underWay = true;
    begunNanos = now();
    oldestNanos = oldest;
  }

  /** The transaction is committed, and so many bytes of frames in it are settled. */
  synchronized void judged(long judged) {
    long now = now();
    underWay = false;
    bytes -= judged;
    slowestNanos = Math.max(slowestNanos, now - oldestNanos);
    if (judged <= LIGHT_BYTES) {
      lightNanos = now - begunNanos;
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Also begins anew to look for the slowest. */
  synchronized WriterLoad read(boolean healthy, long boundBytes) {
    long wait = underWay ? now() - oldestNanos : 0;
    WriterLoad load = new WriterLoad(healthy, bytes, boundBytes, wait, slowestNanos, lightNanos);
    slowestNanos = 0;
    return load;
  }
}
