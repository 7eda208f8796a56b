package io.edgeflow.inference.golden;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import java.util.Locale;

/**
 * A raw reading, written {@code pump-7/flow,1763672400000000,42.5} or with its quality behind it.
 *
 * @param timeMicros since the epoch
 * @param value NaN where there is none
 */
public record GoldenReading(SeriesName series, long timeMicros, double value, Quality quality) {
  private static final String FORM = "must be series,microseconds,value or with ,quality behind it";

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public static GoldenReading parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length < 3 || parts.length > 4) {
      throw new IllegalArgumentException(FORM);
    }
    try {
      return new GoldenReading(
          new SeriesName(parts[0].strip()),
          Long.parseLong(parts[1].strip()),
          Double.parseDouble(parts[2].strip()),
          parts.length == 3 ? Quality.GOOD : quality(parts[3].strip()));
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(FORM, notOne);
    }
  }

  @Override
  public String toString() {
    String text = series + "," + timeMicros + "," + value;
    return quality == Quality.GOOD ? text : text + "," + quality.name().toLowerCase(Locale.ROOT);
  }

  private static Quality quality(String name) {
    for (Quality quality : Quality.values()) {
      if (quality.name().equalsIgnoreCase(name)) {
        return quality;
      }
    }
    throw new IllegalArgumentException("must have a quality of good, uncertain, stale, bad");
  }
}
