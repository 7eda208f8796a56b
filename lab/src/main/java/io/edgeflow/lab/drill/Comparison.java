package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.AcknowledgedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What sensors were told is safe, held against what the database's tables hold, series by series.
 * Pure.
 *
 * @param series how many there are on either side
 * @param acknowledged readings, of all series
 * @param stored readings, of all series
 * @param differences by name; empty if all is well
 */
record Comparison(int series, long acknowledged, long stored, List<Difference> differences) {
  private static final AcknowledgedAccount.Series NOBODY =
      new AcknowledgedAccount.Series(true, 0, 0, 0);

  /** A series of which too little or too much is stored. */
  record Difference(String series, AcknowledgedAccount.Series published, long stored) {
    /** Acknowledged and not stored. */
    long missing() {
      return Math.max(0, published.least() - stored);
    }

    /** Stored and never sent, or more often than it was said. */
    long excess() {
      return Math.max(0, stored - published.most());
    }

    @Override
    public String toString() {
      return "%s: stored %d, acknowledged %d, unanswered %d, sent %d: %s"
          .formatted(
              series,
              stored,
              published.acknowledged(),
              published.open(),
              published.sent(),
              missing() > 0 ? missing() + " LOST" : excess() + " COUNTED TWICE");
    }
  }

  static Comparison of(
      SortedMap<String, AcknowledgedAccount.Series> published, Map<String, Long> stored) {
    SortedSet<String> names = new TreeSet<>(published.keySet());
    names.addAll(stored.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      var difference =
          new Difference(name, published.getOrDefault(name, NOBODY), stored.getOrDefault(name, 0L));
      if (difference.missing() > 0 || difference.excess() > 0) {
        differences.add(difference);
      }
    }
    return new Comparison(
        names.size(),
        published.values().stream().mapToLong(AcknowledgedAccount.Series::acknowledged).sum(),
        stored.values().stream().mapToLong(Long::longValue).sum(),
        List.copyOf(differences));
  }

  long missing() {
    return differences.stream().mapToLong(Difference::missing).sum();
  }

  long excess() {
    return differences.stream().mapToLong(Difference::excess).sum();
  }
}
