package io.edgeflow.models.cloud;

import io.edgeflow.models.history.Minute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time, in microseconds since the epoch.
 *
 * @param toMicros exclusive
 */
public record Span(long fromMicros, long toMicros) {
  public Span {
    if (fromMicros >= toMicros) {
      throw new IllegalArgumentException("its end must be after its begin");
    }
  }

  public boolean holds(long timeMicros) {
    return timeMicros >= fromMicros && timeMicros < toMicros;
  }

  /** The whole minutes in it; may be none, then of no length. */
  long firstMinute() {
    return Math.ceilDiv(fromMicros, Minute.MICROS) * Minute.MICROS;
  }

  long endOfMinutes() {
    return Math.floorDiv(toMicros, Minute.MICROS) * Minute.MICROS;
  }

  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  @Override
  public String toString() {
    return text(fromMicros) + " to " + text(toMicros);
  }
}
