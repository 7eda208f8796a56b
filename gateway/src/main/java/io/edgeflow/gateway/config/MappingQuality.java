package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.settings.Check;
import io.edgeflow.wire.payload.JsonPath;
import java.util.Map;
import java.util.Optional;

/**
 * What senders say of the quality of their readings.
 *
 * @param path where it is in JSON
 * @param column where it is in a table
 * @param words what their words mean, beside good, uncertain, stale and bad; a word that is not
 *     there is uncertain
 */
public record MappingQuality(
    Optional<String> path, Optional<String> column, Map<String, Quality> words) {
  static final MappingQuality NONE =
      new MappingQuality(Optional.empty(), Optional.empty(), Map.of());

  public MappingQuality {
    Check check = new Check();
    MappingChecks.good(check, "path", path.map(JsonPath::fault));
    check
        .that(
            words.isEmpty() || path.isPresent() || column.isPresent(),
            "words",
            "needs path or column: where the words are")
        .orRefuse();
  }

  boolean isNone() {
    return path.isEmpty() && column.isEmpty();
  }
}
