package io.edgeflow.cloud.deploy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers below which an edge takes no bundle of a model, as far as it no longer reports them
 * (R3). An edge fetches nothing but what its document asks for, so only the floors of those models
 * must be in that document; one that asks for another model names that one's. An edge that served
 * many models in its life remembers the floors of some, and each that it is given beyond that
 * drives out another. Pure.
 *
 * @param forgotten by model
 * @param asked models that its slots shall run
 * @param room how many more it can remember
 */
record Floors(Map<String, Long> forgotten, Set<String> asked, int room) {
  /** As if this model were asked for too. */
  Floors with(String model) {
    Set<String> more = new HashSet<>(asked);
    more.add(model);
    return new Floors(forgotten, more, room);
  }

  /** Those that the next document must not lack. */
  Map<String, Long> needed() {
    Map<String, Long> needed = new TreeMap<>(forgotten);
    needed.keySet().retainAll(asked);
    return needed;
  }

  /** Those, and as many more as the edge has room for: of what was published last. */
  Map<String, Long> all() {
    Map<String, Long> all = needed();
    forgotten.entrySet().stream()
        .filter(floor -> !asked.contains(floor.getKey()))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(Math.max(0, room - all.size()))
        .forEach(floor -> all.put(floor.getKey(), floor.getValue()));
    return all;
  }
}
