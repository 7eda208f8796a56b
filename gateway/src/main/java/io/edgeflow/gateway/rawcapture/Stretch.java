package io.edgeflow.gateway.rawcapture;

import java.util.BitSet;

/**
 * Readings that are looked for in the journal.
 *
 * @param id of this one, unlike every other's
 * @param series their numbers; never modified
 * @param fromMicros the time of the earliest reading
 * @param toMicros before this
 */
public record Stretch(String id, BitSet series, long fromMicros, long toMicros) {
  public boolean holds(int ofSeries, long timeMicros) {
    return timeMicros >= fromMicros && timeMicros < toMicros && series.get(ofSeries);
  }
}
