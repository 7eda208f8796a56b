package io.edgeflow.gateway.space;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.wire.frame.Frame;

/** How far windows may be widened: ten into one, as long as that divides an hour (J7). */
public final class Resolution {
  private static final int WINDOWS = 10;

  private Resolution() {}

  /** The length that windows of this length get; the same where they cannot be widened. */
  public static long widened(long lengthMicros) {
    return WindowRule.widened(lengthMicros, WINDOWS);
  }

  /** What can be done to a frame. It does not change, so it is found out once, at the numbering. */
  public static Grain of(Frame frame) {
    if (!frame.replaces().isEmpty()) {
      return Grain.COARSE;
    }
    boolean fine =
        frame.windows().stream()
            .mapToLong(row -> row.window().lengthMicros())
            .anyMatch(length -> widened(length) > length);
    return fine ? Grain.FINE : Grain.FIXED;
  }
}
