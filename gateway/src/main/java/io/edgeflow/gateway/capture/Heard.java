package io.edgeflow.gateway.capture;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.Collection;
import java.util.SortedMap;

/** Takes what a {@link Dialect} makes of a message. Owner thread only. */
public interface Heard {
  /**
   * A reading.
   *
   * @return whether it was accepted, as a duplicate too; if not, that is counted
   */
  boolean value(SpokenValue value);

  /**
   * The last value of a series once more, with another quality; nothing where the series has none,
   * or has that quality already.
   *
   * @param stampMicros as {@link SpokenValue#stampMicros}
   */
  void again(String series, long stampMicros, Quality quality);

  /** These have nobody any more who would send their readings: their last values become stale. */
  void silent(Collection<String> series);

  /** Something that is no reading; counted as one that was rejected. */
  void reject(RejectReason reason, String detail);

  /**
   * Something that happened now.
   *
   * @param type a word of a fixed vocabulary
   * @param message one sentence for a person
   * @param detail facts for a program
   */
  void event(EventSeverity severity, String type, String message, SortedMap<String, String> detail);
}
