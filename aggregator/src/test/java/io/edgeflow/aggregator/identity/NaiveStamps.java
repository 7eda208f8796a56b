package io.edgeflow.aggregator.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rule of I2 in the fewest lines: what RecentStamps must do, only slower. */
final class NaiveStamps {
  private record Entry(long stamp, long bits) {}

  private final Map<Integer, List<Entry>> remembered = new HashMap<>();
  private final Map<Integer, Integer> room = new HashMap<>();
  private final Map<Integer, Long> horizon = new HashMap<>();
  private final int perSeries;
  private final int cap;

  NaiveStamps(int perSeries, int cap) {
    this.perSeries = perSeries;
    this.cap = cap;
  }

  Verdict judge(int series, long stamp, long bits) {
    List<Entry> entries = remembered.getOrDefault(series, List.of());
    if (entries.contains(new Entry(stamp, bits))) {
      return Verdict.DUPLICATE;
    }
    Long forgotten = horizon.get(series);
    if (forgotten != null && stamp <= forgotten) {
      return Verdict.UNVERIFIABLE;
    }
    boolean same = entries.stream().anyMatch(entry -> entry.stamp == stamp);
    return same ? Verdict.CONFLICT : Verdict.FRESH;
  }

  void remember(int series, long stamp, long bits) {
    List<Entry> entries = remembered.computeIfAbsent(series, _ -> new ArrayList<>());
    int has = room.computeIfAbsent(series, _ -> Math.min(8, perSeries));
    if (entries.size() == has) {
      int wanted = Math.min(2 * has, perSeries);
      int total = room.values().stream().mapToInt(Integer::intValue).sum();
      if (wanted > has && total + wanted - has <= cap) {
        room.put(series, wanted);
      } else {
        horizon.merge(series, entries.removeFirst().stamp, Math::max);
      }
    }
    entries.add(new Entry(stamp, bits));
  }
}
