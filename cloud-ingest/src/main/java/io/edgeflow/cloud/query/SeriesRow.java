package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A series as the tables know it.
 *
 * @param firstSeen milliseconds since the epoch, like all times of the API
 * @param formerly names that it does not have any more, under which it was asked for
 */
record SeriesRow(
    int id,
    String edge,
    String name,
    int kindCode,
    String unit,
    long firstSeen,
    long lastSeen,
    List<String> formerly) {
  /** The same, asked for by the names of both. */
  SeriesRow asked(SeriesRow other) {
    List<String> names = new ArrayList<>(formerly);
    names.addAll(other.formerly);
    return new SeriesRow(id, edge, name, kindCode, unit, firstSeen, lastSeen, List.copyOf(names));
  }

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
