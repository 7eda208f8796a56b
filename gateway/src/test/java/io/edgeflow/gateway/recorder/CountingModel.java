package io.edgeflow.gateway.recorder;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the running total of a counter must be, from all readings that were the newest once: slow,
 * and plainly right. It knows neither journals nor restarts.
 */
final class CountingModel {
  private record Seen(double shown, double added) {}

  private final TreeMap<Long, Seen> newest = new TreeMap<>();

  double total(long micros, double shown) {
    Map.Entry<Long, Seen> last = newest.lastEntry();
    double added;
    if (last == null) {
      added = 0;
    } else if (micros <= last.getKey()) {
      return shown + late(micros, shown);
    } else if (shown >= last.getValue().shown()) {
      added = last.getValue().added();
    } else {
      double from = last.getValue().shown();
      double over = Edge.ENERGY_TOP - from + shown;
      added = last.getValue().added() + (over < Edge.ENERGY_TOP / 4 ? Edge.ENERGY_TOP : from);
    }
    newest.put(micros, new Seen(shown, added));
    return shown + added;
  }

  private double late(long micros, double shown) {
    Map.Entry<Long, Seen> before = newest.lowerEntry(micros);
    if (before == null) {
      return newest.firstEntry().getValue().added();
    }
    boolean fell = shown < before.getValue().shown();
    return (fell ? newest.ceilingEntry(micros) : before).getValue().added();
  }
}
