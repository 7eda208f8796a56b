package io.edgeflow.lab.sim;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plant was told is safe, by series: the other side of the promise "acknowledged is never
 * lost, never counted twice". Any thread.
 */
public final class AcknowledgedAccount {
  /**
   * The account of one series.
   *
   * @param stamped whether its readings carry their own stamps
   * @param acknowledged distinct readings whose PUBACK came
   * @param open distinct readings that were sent at least once and never acknowledged
   * @param sent how often readings were sent, repetitions included
   */
  public record Series(boolean stamped, long acknowledged, long open, long sent) {
    /** The fewest that a database may hold once everything is delivered. */
    public long least() {
      return acknowledged;
    }

    /** The most: what was never acknowledged may be in, and repetitions of unstamped readings. */
    public long most() {
      return stamped ? acknowledged + open : sent;
    }

    private Series plus(long acknowledged, long open, long sent) {
      return new Series(
          stamped, this.acknowledged + acknowledged, this.open + open, this.sent + sent);
    }
  }

  private final Map<String, Series> series = new TreeMap<>();

  /** A message goes out for the first time. */
  synchronized void first(OutgoingMessage message) {
    add(message, 0, 1, 1);
  }

  synchronized void again(OutgoingMessage message) {
    add(message, 0, 0, 1);
  }

  /** Once for each message. */
  synchronized void acknowledged(OutgoingMessage message) {
    add(message, 1, -1, 0);
  }

  private void add(OutgoingMessage message, long acknowledged, long open, long sent) {
    List<String> readings = message.readings();
    for (String reading : readings) {
      Series before = series.getOrDefault(reading, new Series(message.stamped(), 0, 0, 0));
      series.put(reading, before.plus(acknowledged, open, sent));
    }
  }

  /** A copy, by series name {@code <device>/<point>}. */
  public synchronized SortedMap<String, Series> bySeries() {
    return new TreeMap<>(series);
  }

  /** Distinct acknowledged readings of all series. */
  public synchronized long acknowledged() {
    return series.values().stream().mapToLong(Series::acknowledged).sum();
  }

  /** Distinct readings of all series that still wait for their acknowledgement. */
  public synchronized long open() {
    return series.values().stream().mapToLong(Series::open).sum();
  }
}
