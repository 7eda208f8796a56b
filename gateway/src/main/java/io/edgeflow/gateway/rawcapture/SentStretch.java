package io.edgeflow.gateway.rawcapture;

/**
 * What of a stretch is in frames.
 *
 * @param upTo all its readings that lie before this in the log
 */
public record SentStretch(Stretch stretch, Place upTo) {
  boolean holds(int series, long timeMicros, long record, int reading) {
    return upTo.isBehind(record, reading) && stretch.holds(series, timeMicros);
  }
}
