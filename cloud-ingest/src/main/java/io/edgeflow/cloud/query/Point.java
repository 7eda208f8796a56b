package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.aggregator.reading.Quality;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What charts are drawn of; times and spans in milliseconds. */
public sealed interface Point {
  /**
   * A run of equal values of a state or text, as it came; it holds until the next one.
   *
   * @param value a number, a text or null
   */
  record Run(
      long t,
      long span,
      long count,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object value,
      String quality)
      implements Point {}

  /**
   * {@code good} if all readings are, {@code uncertain} if some are not; {@code bad} or {@code
   * stale} if none carries a value.
   */
  static String quality(Slice slice) {
    return quality(slice.count(), slice.uncertain(), slice.stale(), slice.bad());
  }

  static String quality(long count, long uncertain, long stale, long bad) {
    if (count == stale + bad) {
      return word(bad > 0 ? Quality.BAD : Quality.STALE);
    }
    return word(uncertain + stale + bad > 0 ? Quality.UNCERTAIN : Quality.GOOD);
  }

  static String word(Quality quality) {
    return quality.name().toLowerCase(Locale.ROOT);
  }
}
