package io.edgeflow.models.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since the epoch, as people read them. */
final class Times {
  private Times() {}

  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
