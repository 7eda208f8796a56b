package io.edgeflow.gateway.rawcapture;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which readings of the journal were sent out of it, so that none is sent twice. A stretch is
 * forgotten when all of the journal that it was found in is gone. Where there are too many, the one
 * that ends first in the log goes; whether readings before its end were sent is not known then, and
 * they count as sent. Owned by one thread.
 */
public final class SentMemory {
  /** A stretch takes some 40 bytes in a checkpoint. */
  public static final int MOST = 1_000;

  private final Map<String, SentStretch> stretches = new LinkedHashMap<>();
  private Place floor = Place.START;

  /** What was sent of the readings from a record on. Does not change any more. */
  public static final class From {
    private final Place floor;
    private final List<SentStretch> reaching;

    private From(Place floor, List<SentStretch> reaching) {
      this.floor = floor;
      this.reaching = reaching;
    }

    /** Whether a reading was sent, or may have been. */
    public boolean covers(int series, long timeMicros, long record, int reading) {
      if (floor.isBehind(record, reading)) {
        return true;
      }
      for (int i = 0; i < reaching.size(); i++) {
        if (reaching.get(i).holds(series, timeMicros, record, reading)) {
          return true;
        }
      }
      return false;
    }
  }

  /** What is known of readings that lie in this record or later: few stretches reach so far. */
  public From from(long record) {
    return new From(
        floor, stretches.values().stream().filter(sent -> sent.upTo().record() >= record).toList());
  }

  /**
   * More of a stretch was sent, or the first of it. A pass that begins anew comes by places that an
   * earlier one was beyond.
   */
  void put(SentStretch sent) {
    stretches.merge(
        sent.stretch().id(),
        sent,
        (known, next) -> known.upTo().compareTo(next.upTo()) > 0 ? known : next);
    if (stretches.size() > MOST) {
      SentStretch first =
          Collections.min(stretches.values(), Comparator.comparing(SentStretch::upTo));
      stretches.remove(first.stretch().id());
      raise(first.upTo());
    }
  }

  private void raise(Place to) {
    floor = floor.compareTo(to) >= 0 ? floor : to;
  }

  /**
   * What lies before this is gone.
   *
   * @param record the first that is still there
   */
  public void forget(long record) {
    stretches.values().removeIf(sent -> sent.upTo().record() < record);
  }

  /** As it is remembered, from a checkpoint. */
  public void restore(Place to, Collection<SentStretch> all) {
    raise(to);
    all.forEach(this::put);
  }

  /** Whether some of this stretch was sent. */
  public boolean knows(String stretch) {
    return stretches.containsKey(stretch);
  }

  /** Readings before this count as sent. */
  public Place floor() {
    return floor;
  }

  public Collection<SentStretch> stretches() {
    return Collections.unmodifiableCollection(stretches.values());
  }
}
