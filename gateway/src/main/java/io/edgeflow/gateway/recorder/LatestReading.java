package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest reading of a series by event time.
 *
 * @param unit empty where none is known
 * @param timeMicros event time, microseconds since the epoch
 * @param knownMicros when the value was true last: before that time where it is stale
 * @param number meaningless where there is a text
 * @param text absent where the value is a number
 */
public record LatestReading(
    String series,
    Kind kind,
    String unit,
    long timeMicros,
    long knownMicros,
    double number,
    @Nullable String text,
    Quality quality) {

  static List<LatestReading> of(EdgeState state) {
    List<LatestReading> all = new ArrayList<>();
    for (SeriesRegistry.Series series : state.series.all()) {
      int id = series.id();
      if (state.latest.has(id)) {
        all.add(
            new LatestReading(
                series.name(),
                series.kind(),
                series.unit(),
                state.latest.timeMicros(id),
                state.latest.knownMicros(id),
                state.latest.number(id),
                state.latest.text(id),
                state.latest.quality(id)));
      }
    }
    return all;
  }
}
