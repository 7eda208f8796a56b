package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Quality;
import java.util.Map;

/**
 * What senders call qualities.
 *
 * @param words beside our own: {@code good}, {@code uncertain}, {@code stale}, {@code bad}
 */
public record QualityRule(Map<String, Quality> words) {
  /** Only our own words. */
  public static final QualityRule OWN = new QualityRule(Map.of());

  public QualityRule {
    words = Map.copyOf(words);
  }

  /** A word that nobody told the meaning of is not taken for good. */
  Quality of(String word) {
    Quality said = words.get(word);
    return said != null ? said : Quality.ofWord(word).orElse(Quality.UNCERTAIN);
  }
}
