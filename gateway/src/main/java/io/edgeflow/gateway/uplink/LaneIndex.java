package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the held frames of one lane by their numbers, and counts them. */
final class LaneIndex {
  private final Map<Incarnation, TreeMap<Long, Entry>> entries = new HashMap<>();
  int live;
  int backlog;
  int resting;

  /** False if there is one of this name already. */
  boolean add(Entry entry) {
    FrameId id = entry.frame.id();
    return entries
            .computeIfAbsent(id.incarnation(), unknown -> new TreeMap<>())
            .putIfAbsent(id.number(), entry)
        == null;
  }

  void remove(Entry entry) {
    FrameId id = entry.frame.id();
    TreeMap<Long, Entry> numbers = entries.get(id.incarnation());
    if (numbers != null && numbers.remove(id.number()) != null && numbers.isEmpty()) {
      entries.remove(id.incarnation());
    }
  }

  /** A copy. */
  List<Entry> range(Incarnation incarnation, long from, long to) {
    TreeMap<Long, Entry> numbers = entries.get(incarnation);
    return numbers == null ? List.of() : List.copyOf(numbers.subMap(from, true, to, true).values());
  }
}
