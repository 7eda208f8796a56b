package io.edgeflow.lab.drill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations that were measured, in milliseconds. One thread. */
final class Figures {
  private final List<Long> millis = new ArrayList<>();

  void add(long oneMillis) {
    millis.add(oneMillis);
  }

  int count() {
    return millis.size();
  }

  /** The smallest that at least that part of all do not exceed; 0 if there is none. */
  long quantile(double part) {
    if (millis.isEmpty()) {
      return 0;
    }
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }

  long max() {
    return quantile(1);
  }

  @Override
  public String toString() {
    return "median %d ms, p99 %d ms, max %d ms, of %d"
        .formatted(quantile(0.5), quantile(0.99), max(), count());
  }
}
