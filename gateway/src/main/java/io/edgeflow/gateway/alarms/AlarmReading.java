package io.edgeflow.gateway.alarms;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * An accepted reading, as the engine sees it. A cursor that is filled again for the next one, so
 * that a reading costs no allocation.
 */
public final class AlarmReading {
  public int series;
  public long timeMicros;
  public double number;
  public @Nullable String text;
  public Quality quality = Quality.GOOD;

  /** For people and programs. */
  static String value(double number, @Nullable String text) {
    return text == null ? Double.toString(number) : text;
  }
}
