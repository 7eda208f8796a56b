package io.edgeflow.aggregator.counter;

import java.util.Map;
import java.util.TreeMap;

/** A counter that remembers every reading that was the newest once: slow, and plainly right. */
final class NaiveCounter {
  private record Seen(double raw, double offset) {}

  private final TreeMap<Long, Seen> chain = new TreeMap<>();
  private final double top;

  /**
   * @param top where it rolls over; NaN for never
   */
  NaiveCounter(double top) {
    this.top = top;
  }

  double total(long time, double raw) {
    Map.Entry<Long, Seen> newest = chain.lastEntry();
    if (newest == null) {
      chain.put(time, new Seen(raw, 0));
      return raw;
    }
    if (time <= newest.getKey()) {
      return raw + late(time, raw);
    }
    Seen last = newest.getValue();
    double offset = last.offset();
    if (raw < last.raw()) {
      boolean rolled = last.raw() < top && top - last.raw() + raw < top / 4;
      offset += rolled ? top : last.raw();
    }
    chain.put(time, new Seen(raw, offset));
    return raw + offset;
  }

  private double late(long time, double raw) {
    Map.Entry<Long, Seen> before = chain.lowerEntry(time);
    Seen after = chain.ceilingEntry(time).getValue();
    if (before == null) {
      return chain.firstEntry().getValue().offset();
    }
    Seen from = before.getValue();
    return raw < from.raw() ? after.offset() : from.offset();
  }
}
