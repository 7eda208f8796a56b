package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Kind;
import java.util.Locale;

/**
 * A series as the tables know it.
 *
 * @param firstSeen milliseconds since the epoch, like all times of the API
 */
record SeriesRow(
    int id, String edge, String name, int kindCode, String unit, long firstSeen, long lastSeen) {
  /** The name that people see. */
  String path() {
    return edge + "/" + name;
  }

  Kind kind() {
    return Kind.ofCode(kindCode);
  }

  String kindWord() {
    return kind().name().toLowerCase(Locale.ROOT);
  }
}
