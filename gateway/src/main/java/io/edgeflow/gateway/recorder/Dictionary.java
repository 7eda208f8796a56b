package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.frame.SeriesEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series that one frame names, in the order of their first row. */
final class Dictionary {
  private final SeriesRegistry registry;
  private final Map<Integer, Integer> indexes = new HashMap<>();
  private final List<SeriesEntry> entries = new ArrayList<>();

  Dictionary(SeriesRegistry registry) {
    this.registry = registry;
  }

  int index(int series) {
    return indexes.computeIfAbsent(series, this::add);
  }

  private int add(int id) {
    SeriesRegistry.Series series = registry.get(id);
    entries.add(new SeriesEntry(series.name(), series.kind(), series.unit()));
    return entries.size() - 1;
  }

  List<SeriesEntry> entries() {
    return entries;
  }
}
