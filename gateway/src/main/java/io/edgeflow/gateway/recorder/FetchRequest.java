package io.edgeflow.gateway.recorder;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Glob;
import java.util.List;

/**
 * Which readings somebody wants out of the flight recorder.
 *
 * @param series patterns of names, one at least
 * @param fromMicros the time of the earliest reading, microseconds since the epoch
 * @param toMicros before this
 * @param limit the most readings that are sent
 * @param again sends also what was sent before, when it arrived or later; the cloud has it twice
 */
public record FetchRequest(
    List<Glob> series, long fromMicros, long toMicros, long limit, boolean again) {
  public FetchRequest {
    series = List.copyOf(series);
    new Check()
        .that(!series.isEmpty(), "series", "must hold at least one pattern, such as pump-7/*")
        .that(fromMicros < toMicros, "from", "must be before to")
        .that(limit >= 1, "limit", "must be 1 or more")
        .orRefuse();
  }

  boolean wants(String name) {
    return series.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
