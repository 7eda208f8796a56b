package io.edgeflow.inference.bundle;

import java.time.Duration;

/** Durations as times are counted. */
final class Micros {
  private Micros() {}

  static long of(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
