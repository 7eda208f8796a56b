package io.edgeflow.inference.scoring;

import java.util.function.LongSupplier;

/**
 * How a slot shares its rows with other processes. Rows that another one should score are kept
 * until its score is heard, in case it does not.
 *
 * @param keepNanos how long at most
 * @param keepBytes how much at most
 * @param nanos monotonic time
 */
public record Sharing(Share share, long keepNanos, long keepBytes, LongSupplier nanos) {
  /** It does not. */
  public static final Sharing NONE = new Sharing(Share.ALL, 0, 0, () -> 0);

  boolean isShared() {
    return !share.equals(Share.ALL);
  }
}
