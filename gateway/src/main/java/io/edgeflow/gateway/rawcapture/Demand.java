package io.edgeflow.gateway.rawcapture;

import io.edgeflow.process.settings.Glob;
import java.util.List;

/**
 * Somebody wants every reading of some series for a time, from when it begins on.
 *
 * @param id of this one, unlike every other's
 * @param series patterns of names, one at least
 * @param untilMicros when it ends, as the time was believed when it began
 * @param lengthMicros how long it lasts at most, whatever clocks do
 */
public record Demand(
    String id, List<Glob> series, long untilMicros, long lengthMicros, String who, String why) {
  public Demand {
    series = List.copyOf(series);
  }

  /** Whether it wants a series of this name. */
  public boolean wants(String name) {
    return series.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
